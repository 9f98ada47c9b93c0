import { installCommands } from '../../languages/notebook/installCommands.ts';
import type { AnalysisInput, AnalysisSettings } from '../engine/analysis.ts';
import { type DeclaredVersions, NO_DECLARED_VERSIONS } from '../semantics/declaredVersions.ts';
import { condaSpecifier } from './condaSpecifier.ts';
import { type Declaration, manifest } from './declaration.ts';
import { npmRange } from './npmRange.ts';
import { pythonRequirement } from './pythonRequirement.ts';
import { resolveVersions } from './resolveVersions.ts';

/**
 * Versions that the analysed text itself decides: `%pip install x==1` in a notebook, PEP 723 script metadata, and modules
 * imported from a CDN by URL.
 */
export function sourceVersions(input: AnalysisInput): DeclaredVersions {
  const declarations =
    input.kind === 'notebook' ? installCommands(input.cells).flatMap(({ text }) => installed(text)) : ofFile(input);
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
  if (input.language !== 'python') return cdnImports(input.text);
  return [...scriptMetadata(input.text), ...convertedInstalls(input.text)];
}

/** Options of pip and conda whose next word is no requirement. */
const OPTION_WITH_VALUE =
  /\s(?:-[rcifntp]|--(?:requirement|constraint|index-url|extra-index-url|find-links|target|upgrade-strategy|name|prefix|channel|python-version|platform))[\s=]+\S+/g;

/** Arguments of `pip install` and `conda install` in a cell, up to a further command. */
function installed(text: string): readonly Declaration[] {
  const isConda = /\b(?:conda|mamba|micromamba)\s+install\b/.test(text);
  const [command = ''] = text.replace(/^.*?\binstall\b/, '').split(/\s#|&&|\||;/);
  const words = command.replace(OPTION_WITH_VALUE, ' ').match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.flatMap((word) => {
    const requirement = word.replace(/^["']|["']$/g, '');
    if (/^[-{$%]/.test(requirement)) return [];
    return (isConda ? condaSpecifier(requirement) : pythonRequirement(requirement)) ?? [];
  });
}

/** What a converted notebook installs: `get_ipython().system('pip install x==1')`, `run_line_magic('pip', 'install x==1')`. */
function convertedInstalls(text: string): readonly Declaration[] {
  if (!text.includes('get_ipython()')) return [];
  const calls = text.matchAll(
    /^[ \t]*get_ipython\(\)\.(?:system|run_line_magic)\((?:(["'])(?:pip|conda)\1\s*,\s*)?(["'])((?:(?!\2).)*\binstall\b(?:(?!\2).)*)\2\)/gm,
  );
  return [...calls].flatMap(([call, , , command = '']) =>
    installed(/['"]conda['"]/.test(call) ? `conda ${command}` : command),
  );
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

/** The settings with what the analysed text itself decides on top of the manifests. */
export function withSourceVersions(input: AnalysisInput, settings: AnalysisSettings): AnalysisSettings {
  const nearer = sourceVersions(input);
  if (nearer === NO_DECLARED_VERSIONS) return settings;
  const versions = overlayVersions(settings.environment.versions, nearer);
  return { ...settings, environment: { ...settings.environment, versions } };
}
