// esbuild plugin: of the TypeScript compiler only what parses is bundled. The compiler is one file that no bundler can
// shake, and three quarters of it (type checker, emitter, language service, server) never run for a syntax check.
// Their functions are replaced by one that throws; a build in which nothing was replaced fails. The integration suites
// compare the bundle with the whole compiler.

import { readFile } from 'node:fs/promises';

/** Parts of the compiler by the names that it gives them in its own file. */
const unused = [
  /^src\/compiler\/(checker|emitter|program|watch|watchPublic|watchUtilities|builder|builderPublic|builderState)\.ts$/,
  /^src\/compiler\/(tsbuild|tsbuildPublic|sourcemap|resolutionCache|expressionToTypeNode|symbolWalker)\.ts$/,
  /^src\/compiler\/(transformer|moduleSpecifiers|moduleNameResolver|executeCommandLine)\.ts$/,
  /^src\/compiler\/transformers\//,
  /^src\/(server|jsTyping|typingsInstallerCore|harness|deprecatedCompat)\//,
  /^src\/services\/(?!(services|utilities|types)\.ts$)/,
];
/** Shorter functions stay: some of them run while the compiler loads, and together they weigh little. */
const shortFunction = 600;
const topLevelFunction = /^(?:async )?function\*? (\w+)\([\s\S]*?^\}$/gm;

export function typescriptParser() {
  return {
    name: 'typescript-parser',
    setup(build) {
      build.onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const { contents, replaced } = withoutUnused(source);
        if (replaced === 0) {
          return {
            errors: [{ text: 'the compiler is laid out differently: look at scripts/build/typescriptParser.mjs' }],
          };
        }
        return { contents, loader: 'js' };
      });
    },
  };
}

function withoutUnused(source) {
  let replaced = 0;
  // Text and section names in turn: the first text stands before any section.
  const pieces = source.split(/^\/\/ (src\/\S+)$/m);
  const kept = pieces.map((piece, index) => {
    const isText = index % 2 === 0;
    if (!isText || index === 0 || !unused.some((pattern) => pattern.test(pieces[index - 1]))) {
      return isText ? piece : `// ${piece}`;
    }
    return piece.replace(topLevelFunction, (whole, name) => {
      if (whole.length < shortFunction) {
        return whole;
      }
      replaced += 1;
      return `function ${name}() { throw new Error("${name} is not bundled"); }`;
    });
  });
  return { contents: kept.join(''), replaced };
}
