import { parse } from 'yaml';
import { type Declaration, type Manifest, manifest, pythonName } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';
import { pythonSpecifier } from '../pythonSpecifier.ts';
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

/** `conda-forge::transformers=4.40`, `pytorch >=2.1`, `numpy=1.26.4=py311_0`. Conda calls PyTorch `pytorch`. */
export function condaSpecifier(text: string): readonly Declaration[] {
  const match = /^(?:[\w/-]+::)?([\w.-]+)\s*(.*)$/.exec(text.trim());
  if (!match) return [];
  const [, name = '', rest = ''] = match;
  const version = rest.replace(/^(=*[^=,<>!\s]+)=[^=,]+$/, '$1').replace(/\s+\S*_\d+$/, '');
  const normalised = pythonName(name) === 'pytorch' ? 'torch' : pythonName(name);
  return [{ name: normalised, constraint: pythonSpecifier(version, 'conda'), text: text.trim() }];
}
