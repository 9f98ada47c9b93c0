/** A CommonJS file of the build: its path below `dist`, by whose last part the others require it. */
export interface ModuleText {
  readonly path: string;
  readonly text: string;
}

/**
 * The body of a function that runs the last of the files and returns what it exports, for a browser, where files cannot require
 * each other. What is not among the files is asked of a function `outer` of the surrounding code.
 */
export function moduleScript(modules: readonly ModuleText[]): string {
  const names = modules.map(({ path }) => JSON.stringify(`./${path.slice(path.lastIndexOf('/') + 1)}`));
  const bodies = modules.map(({ text }, index) => `${names[index]}:function(exports,require,module){${text}\n}`);
  return `const files={${bodies.join(',\n')}};
const loaded={};
function load(name){
  if(!Object.hasOwn(files,name))return outer(name);
  if(!Object.hasOwn(loaded,name)){
    loaded[name]={exports:{}};
    files[name](loaded[name].exports,load,loaded[name]);
  }
  return loaded[name].exports;
}
return load(${names.at(-1)});`;
}

/** A script for a worker, which has nothing outside the files. */
export function workerScript(modules: readonly ModuleText[]): string {
  return `(function(outer){${moduleScript(modules)}})(function(name){throw new Error('no such module: '+name)});`;
}
