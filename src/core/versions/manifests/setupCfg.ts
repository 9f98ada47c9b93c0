import { type Manifest, manifest } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';

/** `setup.cfg`: `install_requires` of `[options]` and every list of `[options.extras_require]`. */
export function setupCfg(text: string): Manifest {
  let section = '';
  let key = '';
  const requirements: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*[#;]/.test(line)) continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const assignment = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== undefined) {
      section = header;
      key = '';
    } else if (assignment) {
      key = assignment[1] ?? '';
      if (isRequirements()) requirements.push(assignment[2] ?? '');
    } else if (/^\s+\S/.test(line) && isRequirements()) {
      requirements.push(line);
    }
  }
  const declarations = requirements.flatMap((line) => pythonRequirement(line.replace(/\s#.*$/, '')) ?? []);
  return manifest(declarations, { form: declarations.length > 0 ? 'manifest' : 'silent' });

  function isRequirements(): boolean {
    return (section === 'options' && key === 'install_requires') || section === 'options.extras_require';
  }
}
