import { type Declaration, type Manifest, manifest } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';

/** pip's requirements format: comments, continued lines, `-r`/`-c` includes, hashes and other options. */
export function requirementsTxt(text: string): Manifest {
  const declarations: Declaration[] = [];
  const includes: { path: string; isConstraint: boolean }[] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r\n|\r|\n/)) {
    const content = line.replace(/(?:^|\s)#.*$/, '').trim();
    const include = /^(-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(content);
    const editable = /^(?:-e|--editable)[\s=]*(\S+)/.exec(content)?.[1];
    if (include) includes.push({ path: include[2] ?? '', isConstraint: /^--?c/.test(include[1] ?? '') });
    else if (content !== '' && (editable !== undefined || !content.startsWith('-'))) {
      const declaration = pythonRequirement(editable ?? content.replace(/\s--?[a-z].*$/, ''));
      if (declaration) declarations.push(declaration);
    }
  }
  return manifest(declarations, { includes });
}
