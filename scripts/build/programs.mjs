// Programs that share their parts: extension, workers and command line are mostly the same engine and the same reading of
// projects. esbuild splits them into chunks as ES modules; each file then becomes CommonJS, which is what VS Code loads.
// In Node the files require each other. A browser cannot require files: src/editor/web/loader.ts puts the texts together,
// and dist/web/files.json tells it which.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { programs, webPrograms } from './targets.mjs';

/** Builds into `dist` and gives the files with their sizes. `common` are settings that hold for every bundle. */
export async function buildPrograms(root, common) {
  const dist = path.join(root, 'dist');
  const isMapped = common.sourcemap !== false;
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: Object.fromEntries(programs.map(({ name, source }) => [name, path.join(root, source)])),
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    splitting: true,
    chunkNames: 'shared-[hash]',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    // web-tree-sitter asks for the bare ones only where it finds Node.
    external: ['vscode', 'node:*', 'fs', 'fs/promises', 'module', 'path', 'url'],
    sourcemap: isMapped ? 'inline' : false,
    metafile: true,
    write: false,
  });
  mkdirSync(path.join(dist, 'web'), { recursive: true });
  const sizes = [];
  for (const { path: file, text } of outputFiles) {
    const name = path.basename(file);
    const program = programs.find((candidate) => `${candidate.name}.js` === name);
    const contents = (program?.isExecutable ? '#!/usr/bin/env node\n' : '') + (await asCommonJs(text, file, common));
    writeFileSync(file, contents);
    if (program?.isExecutable) chmodSync(file, 0o755);
    sizes.push({ output: path.join('dist', name), bytes: Buffer.byteLength(contents) });
  }
  const lists = Object.fromEntries(
    webPrograms.map(({ name, replacements }) => [name, [...replacements, ...filesOf(`${name}.js`, metafile)]]),
  );
  writeFileSync(path.join(dist, 'web', 'files.json'), JSON.stringify(lists));
  return sizes;
}

async function asCommonJs(text, file, { minify }) {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'neutral',
    target: 'es2022',
    // `import()` of a file becomes a `require` of it, so that both kinds go through the same function in a browser.
    supported: { 'dynamic-import': false },
    minify,
    sourcemap: text.includes('//# sourceMappingURL=data:') ? 'external' : false,
    sourcefile: path.basename(file),
    legalComments: 'none',
  });
  if (map === '') return code;
  writeFileSync(`${file}.map`, map);
  return `${code}//# sourceMappingURL=${path.basename(file)}.map\n`;
}

/** A program's file and the chunks that it loads, the program itself last. */
function filesOf(name, { outputs }) {
  const found = new Set();
  const add = (output) => {
    // What is not among the outputs lies outside: VS Code's own module, or a bundle that stands alone.
    if (found.has(output) || outputs[output] === undefined) return;
    found.add(output);
    for (const { path: imported } of outputs[output].imports) add(imported);
  };
  add(path.posix.join('dist', name));
  return [...found].map((output) => path.posix.basename(output)).reverse();
}
