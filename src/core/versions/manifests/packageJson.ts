import { type Manifest, manifest } from '../declaration.ts';
import { npmRange } from '../npmRange.ts';
import { tableAt, textOf } from './readValue.ts';

/** `package.json`. Throws on broken JSON. */
export function packageJson(text: string): Manifest {
  const root: unknown = JSON.parse(text);
  const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return manifest(
    sections.flatMap((section) =>
      Object.entries(tableAt(root, section)).flatMap(([name, value]) => {
        const range = textOf(value);
        if (range === undefined) return [];
        return { name: name.toLowerCase(), constraint: npmRange(range), text: `"${name}": "${range}"` };
      }),
    ),
  );
}
