// esbuild plugin: of the TypeScript compiler only what parses is bundled. The compiler is one script that no bundler can
// shake. Here it becomes a module that exports the names that are used, so that the bundler leaves out what they do not
// reach; functions that only type checker, emitter, language service and server need are cut off before, because the parts
// that stay still name them. A build in which nothing was cut fails. The integration suites compare the bundle with the
// whole compiler.

import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

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
/** Registers code fixes, refactorings and the members of namespaces. */
const topLevelCall = /^[\w.]+\((?:.*|.*\{\n[\s\S]*?^\})\);$/gm;
const message = /^ {2}(\w+): diag\(.*\),?$/gm;

/** Packages in the bundle that use the compiler. */
const users = ['typescript-estree', 'project-service', 'tsconfig-utils'].map((name) => `@typescript-eslint/${name}`);

export function typescriptParser(root) {
  return {
    name: 'typescript-parser',
    setup(build) {
      build.onLoad({ filter: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ }, async ({ path: file }) => {
        const contents = asModule(await readFile(file, 'utf8'), usedNames(root));
        return contents === undefined
          ? { errors: [{ text: 'the compiler is laid out differently: look at scripts/build/typescriptParser.mjs' }] }
          : { contents, loader: 'js' };
      });
    },
  };
}

/** `undefined` where the compiler is laid out in another way than this knows. */
function asModule(source, names) {
  // Text and section names in turn. The first section lists what the compiler exports, the last one exports it.
  const [head, ...pieces] = source.split(/^\/\/ (src\/\S+)$/m);
  const start = /^var ts = \{\}; \(\(module\) => \{$/m;
  if (!start.test(head)) return undefined;
  let text = head.replace(start, '');
  let cut = 0;
  for (let index = 0; index < pieces.length; index += 2) {
    const [section, code] = pieces.slice(index, index + 2);
    if (section === 'src/typescript/typescript.ts') continue;
    if (!unused.some((pattern) => pattern.test(section))) {
      text += code.replace(/^__export\(\w+, \{[\s\S]*?^\}\);$/gm, '');
      continue;
    }
    text += code.replace(topLevelCall, '').replace(topLevelFunction, (whole, name) => {
      if (whole.length < shortFunction) return whole;
      cut += 1;
      return `function ${name}() { throw new Error("${name} is not bundled"); }`;
    });
  }
  const messages = new Set([...text.matchAll(/\bDiagnostics\.(\w+)/g)].map(([, name]) => name));
  const shaken = text.replace(message, (line, name) => (messages.has(name) ? line : ''));
  const declared = new Set(
    [...shaken.matchAll(/^(?:async )?(?:var|function\*?|class) (\w+)/gm)].map(([, name]) => name),
  );
  const exported = names.filter((name) => declared.has(name));
  if (cut === 0 || exported.length === 0) return undefined;
  // Some of the packages take the default export.
  return `${shaken}\nexport { ${exported.join(', ')} };\nexport default { ${exported.join(', ')} };\n`;
}

/** Members of the compiler that the packages name; too many do no harm. */
function usedNames(root) {
  const names = new Set();
  for (const folder of [...users, 'ts-api-utils'].map((name) => path.join(root, 'node_modules', name))) {
    for (const file of readdirSync(folder, { recursive: true })) {
      if (!/\.c?js$/.test(file)) continue;
      const text = readFileSync(path.join(folder, file), 'utf8');
      for (const [, name] of text.matchAll(/\b(?:ts\d*|typescript_1|import_typescript\d*\.default)\.(\w+)/g)) {
        names.add(name);
      }
    }
  }
  return [...names];
}
