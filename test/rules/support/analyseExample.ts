import { rules } from '../../../rules/registry.ts';
import type { AnalysisInput, AnalysisSettings } from '../../../src/core/engine/analysis.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import type { Finding } from '../../../src/core/engine/finding.ts';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { DeclaredVersions } from '../../../src/core/semantics/declaredVersions.ts';
import type { VersionRange } from '../../../src/core/semantics/environment.ts';
import { known, UNKNOWN } from '../../../src/core/semantics/fact.ts';
import type { NamedFiles } from '../../../src/core/semantics/namedFiles.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { isParseFailure } from '../../../src/core/syntax/syntaxTree.ts';
import { builtinProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { loadParsers } from '../../unit/syntax/loadParsers.ts';

const LANGUAGE: Readonly<Record<string, Language>> = {
  python: 'python',
  ts: 'typescript',
  tsx: 'tsx',
  js: 'javascript',
};
const EXTENSION: Readonly<Record<string, string>> = { python: 'py', ts: 'ts', tsx: 'tsx', js: 'js' };
const CELL_MARK = /^# %%.*\n/m;

/** Analyses texts with the real engine: parsers, semantic layer and every rule. */
export class ExampleAnalyser {
  private constructor(
    private readonly parsers: Parsers,
    private readonly analyzer: Analyzer,
  ) {}

  static async create(): Promise<ExampleAnalyser> {
    const parsers = await loadParsers('python', 'typescript', 'tsx', 'javascript');
    return new ExampleAnalyser(parsers, new Analyzer({ parsers, rules }));
  }

  /** Findings of one rule. A defect of any rule throws, so that a test fails at its cause. */
  findings(
    ruleId: string,
    language: string,
    text: string,
    options: ReadonlyMap<string, string>,
    smallestSavingKwh = 0,
  ): readonly Finding[] {
    const settings = { ...settingsOf(ruleId, options), smallestSavingKwh };
    const result = this.analyzer.analyze(inputOf(language, text, options), settings);
    const defect = result.problems.find(({ kind }) => kind === 'rule-failed' || kind === 'parse-failed');
    if (defect) throw new Error(defect.message);
    return result.findings.filter((finding) => finding.ruleId === ruleId);
  }

  hasSyntaxErrors(language: string, text: string): boolean {
    const tree = this.parsers.parse(languageOf(language), text);
    return isParseFailure(tree) || tree.hasErrors;
  }
}

/** Cells of an example with the key `cells`. */
export function splitCells(text: string): readonly string[] {
  return text.split(CELL_MARK).filter((cell, index) => index > 0 || cell.trim() !== '');
}

function inputOf(language: string, text: string, options: ReadonlyMap<string, string>): AnalysisInput {
  if (options.has('cells')) {
    const cells = splitCells(text).map((cell) => ({ language: 'python' as const, text: cell }));
    return { kind: 'notebook', path: options.get('path') ?? 'example.ipynb', cells };
  }
  const path = options.get('path') ?? `example.${EXTENSION[language]}`;
  return { kind: 'file', path, language: languageOf(language), text };
}

function languageOf(language: string): Language {
  const found = LANGUAGE[language];
  if (found === undefined) throw new Error(`unknown language ${language}`);
  return found;
}

/** `models/a.onnx:12e6,models/b.onnx:3e6`: files of the workspace by path, with their sizes in bytes. */
function filesOf(text: string): NamedFiles {
  const files = text.split(',').map((pair) => ({ path: pair.split(':')[0] ?? '', bytes: Number(pair.split(':')[1]) }));
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  return Object.fromEntries(
    files.map(({ path, bytes }) => {
      const beside = files.filter((other) => other.path !== path && folderOf(other.path) === folderOf(path));
      return [path, { bytes, siblings: beside.map((other) => other.path.slice(folderOf(path).length)) }];
    }),
  );
}

function settingsOf(ruleId: string, options: ReadonlyMap<string, string>): AnalysisSettings {
  const id = options.get('profile') ?? 'nvidia-a100-80gb';
  const profile = builtinProfile(id);
  if (profile === undefined) throw new Error(`unknown profile ${id}`);
  const runtime = options.get('runtime');
  return {
    tier: options.get('tier') === 'strict' ? 'strict' : 'recommended',
    onlyRules: [ruleId],
    rules: {},
    smallestSavingKwh: 0,
    profile,
    environment: {
      versions: versionsOf(options.get('requires')),
      runtime: runtime === 'node' || runtime === 'browser' ? known(runtime) : UNKNOWN,
      ...(options.has('files') ? { files: filesOf(options.get('files') ?? '') } : {}),
    },
  };
}

/** `transformers==4.44.0;torch>=2.1`. */
function versionsOf(requires: string | undefined): DeclaredVersions {
  const ranges: Record<string, VersionRange> = {};
  for (const requirement of requires?.split(';') ?? []) {
    const match = /^([\w@/.-]+)(==|>=|<)([\w.+]+)$/.exec(requirement);
    const [, name = '', operator = '', version = ''] = match ?? [];
    if (name === '') throw new Error(`cannot read the requirement ${requirement}`);
    const declaredBy = `requirements.txt: ${requirement}`;
    if (operator === '==') ranges[name] = { min: version, exact: version, declaredBy };
    else ranges[name] = operator === '>=' ? { min: version, declaredBy } : { below: version, declaredBy };
  }
  return { complete: false, ranges, undecided: [] };
}

/** Text of an example with the key `cells`, from its cells. */
export function joinCells(cells: readonly string[]): string {
  return cells.map((cell) => `# %%\n${cell}`).join('');
}
