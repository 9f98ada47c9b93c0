import { type Declaration, pythonName } from './declaration.ts';
import { pythonSpecifier } from './pythonSpecifier.ts';

/** `conda-forge::transformers=4.40`, `pytorch >=2.1`, `numpy=1.26.4=py311_0`. Conda calls PyTorch `pytorch`. */
export function condaSpecifier(text: string): readonly Declaration[] {
  const match = /^(?:[\w/-]+::)?([\w.-]+)\s*(.*)$/.exec(text.trim());
  if (!match) return [];
  const [, name = '', rest = ''] = match;
  const version = rest.replace(/^(=*[^=,<>!\s]+)=[^=,]+$/, '$1').replace(/\s+\S*_\d+$/, '');
  const normalised = pythonName(name) === 'pytorch' ? 'torch' : pythonName(name);
  return [{ name: normalised, constraint: pythonSpecifier(version, 'conda'), text: text.trim() }];
}
