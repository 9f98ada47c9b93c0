import { type Declaration, pythonName } from './declaration.ts';
import { pythonSpecifier } from './pythonSpecifier.ts';

/** One PEP 508 requirement: `transformers[torch]>=4.30,<5 ; python_version >= "3.9"`; `undefined` when it is none. */
export function pythonRequirement(text: string): Declaration | undefined {
  // In a URL only a semicolon after a space ends the requirement.
  const [, requirement = '', marker = ''] = /^(.*?)(?:(?<!:\/\/.*\S);(.*))?$/s.exec(text.trim()) ?? [];
  const declaration = unmarked(requirement.trim());
  if (!declaration) return undefined;
  return { ...declaration, text: text.trim(), ...(marker.trim() === '' ? {} : { marker: marker.trim() }) };
}

function unmarked(requirement: string): Declaration | undefined {
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(requirement);
  if (!match) return fromUrl(requirement);
  const [, name = '', specifier = ''] = match;
  if (/^[a-z+]+:\/\//i.test(requirement) || specifier.startsWith(':')) return fromUrl(requirement);
  // A direct reference (`name @ git+https://…`) names the distribution and hides the version.
  const constraint = specifier.startsWith('@') ? {} : pythonSpecifier(specifier.replace(/^\((.*)\)$/, '$1'));
  return { name: pythonName(name), constraint, text: requirement };
}

/** `git+https://github.com/huggingface/transformers.git@main#egg=transformers`, or a wheel whose name holds the version. */
function fromUrl(text: string): Declaration | undefined {
  const egg = /[#&]egg=([\w.-]+)/.exec(text)?.[1];
  if (egg !== undefined) return { name: pythonName(egg), constraint: {}, text };
  const wheel = /([A-Za-z0-9][\w.]*)-(\d[\w.+!]*)-[^/]*\.whl/.exec(decodePlus(text));
  if (wheel) return { name: pythonName(wheel[1] ?? ''), constraint: pythonSpecifier(`==${wheel[2]}`), text };
  const repository = /^git\+.*\/([\w.-]+?)(?:\.git)?(?:@[^#]*)?(?:#.*)?$/.exec(text)?.[1];
  return repository === undefined ? undefined : { name: pythonName(repository), constraint: {}, text };
}

function decodePlus(text: string): string {
  return text.replace(/%2[bB]/g, '+');
}
