import { parse } from 'yaml';
import { condaSpecifier } from '../condaSpecifier.ts';
import { type Manifest, manifest } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';
import { isTable, listOf, stringsOf } from './readValue.ts';

/** `environment.yml`: Conda's own specifiers and the nested `pip:` list. Throws on broken YAML, with the place. */
export function condaEnvironment(text: string): Manifest {
  const root: unknown = parse(text);
  const dependencies = listOf(isTable(root) ? root['dependencies'] : undefined);
  return manifest(
    dependencies.flatMap((entry) => {
      if (typeof entry === 'string') return condaSpecifier(entry);
      const pip = isTable(entry) ? stringsOf(entry['pip']) : [];
      return pip.flatMap((line) => pythonRequirement(line) ?? []);
    }),
  );
}
