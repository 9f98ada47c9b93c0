// esbuild plugin: an import of the TypeScript check stays an import of its own bundle beside the importing one,
// so that the compiler is shipped once and loaded only when a fix is verified.

import path from 'node:path';
import { typescriptCheckSource } from './targets.mjs';

export function typescriptCheckAside(root) {
  const source = path.join(root, typescriptCheckSource);
  return {
    name: 'typescript-check-aside',
    setup(build) {
      build.onResolve({ filter: /typescriptCheck(\.ts)?$/ }, (args) => {
        const target = path.resolve(args.resolveDir, args.path.endsWith('.ts') ? args.path : `${args.path}.ts`);
        return target === source && args.kind !== 'entry-point'
          ? { path: './typescriptCheck.js', external: true }
          : undefined;
      });
    },
  };
}
