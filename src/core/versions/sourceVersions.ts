import type { AnalysisInput } from '../engine/analysis.ts';
import { type DeclaredVersions, NO_DECLARED_VERSIONS } from '../semantics/declaredVersions.ts';
import { type Declaration, manifest } from './declaration.ts';
import { npmRange } from './npmRange.ts';
import { pythonRequirement } from './pythonRequirement.ts';
import { resolveVersions } from './resolveVersions.ts';

/**
 * Versions that the analysed text itself decides: `%pip install x==1` in a notebook, PEP 723 script metadata, and modules
 * imported from a CDN by URL.
 */
export function sourceVersions(input: AnalysisInput): DeclaredVersions {
  const declarations = input.kind === 'notebook' ? input.cells.flatMap(({ text }) => pipInstalls(text)) : ofFile(input);
  if (declarations.length === 0) return NO_DECLARED_VERSIONS;
  return resolveVersions([{ path: input.path, manifest: manifest(declarations) }], false);
}

/** The nearer answer wins where it decides; what it leaves open stays as it was. */
export function overlayVersions(base: DeclaredVersions, nearer: DeclaredVersions): DeclaredVersions {
  const ranges = { ...base.ranges, ...nearer.ranges };
  const undecided = [...base.undecided, ...nearer.undecided].filter((name) => !Object.hasOwn(ranges, name));
  return { complete: base.complete, ranges, undecided };
}

function ofFile(input: { readonly language: string; readonly text: string }): readonly Declaration[] {
  return input.language === 'python' ? scriptMetadata(input.text) : cdnImports(input.text);
}

/** `%pip`, `!pip`, `!python -m pip`, `!uv pip`, `!{sys.executable} -m pip` … `install`, with lines continued by a backslash. */
function pipInstalls(text: string): readonly Declaration[] {
  const declarations: Declaration[] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r\n|\r|\n/)) {
    const words = /^\s*[!%]+(?:[^#\n]*?\s)?pip3?\s+install\s+(.*)$/.exec(line)?.[1]?.replace(/\s#.*$/, '');
    for (const command of words?.split(/&&|;(?!\s*\w+_\w+)|\|/).slice(0, 1) ?? []) {
      for (const word of command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []) {
        const requirement = word.replace(/^["']|["']$/g, '');
        const declaration = /^[-{$%]/.test(requirement) ? undefined : pythonRequirement(requirement);
        if (declaration) declarations.push(declaration);
      }
    }
  }
  return declarations;
}

/** The `dependencies` of a `# /// script` block (PEP 723). */
function scriptMetadata(text: string): readonly Declaration[] {
  const block = /^# \/\/\/ script\s*$([\s\S]*?)^# \/\/\/\s*$/m.exec(text)?.[1];
  const list =
    block === undefined ? undefined : /dependencies\s*=\s*\[([\s\S]*?)^#\s*\]|dependencies\s*=\s*\[(.*)\]/m.exec(block);
  const quoted = (list?.[1] ?? list?.[2] ?? '').matchAll(/"([^"\n]+)"|'([^'\n]+)'/g);
  return [...quoted].flatMap((match) => pythonRequirement(match[1] ?? match[2] ?? '') ?? []);
}

/** `https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.0.0/…`, also of unpkg, esm.sh, skypack and Deno's `npm:`. */
function cdnImports(text: string): readonly Declaration[] {
  const urls = text.matchAll(
    /(?:https:\/\/(?:cdn\.jsdelivr\.net\/npm|unpkg\.com|esm\.sh|cdn\.skypack\.dev)\/|["'`]npm:)(@[\w.-]+\/[\w.-]+|[\w.-]+)@([\w.^~*-]+)/g,
  );
  return [...urls].map(([url, name = '', range = '']) => ({
    name: name.toLowerCase(),
    constraint: npmRange(range),
    text: url.replace(/^["'`]/, ''),
  }));
}
