import type { ModelCatalogue } from '../../energy/modelFacts.ts';
import type { AnalysisSettings } from '../engine/analysis.ts';
import type { AnalysisDocument } from '../engine/document.ts';
import type { Finding } from '../engine/finding.ts';
import type { RegisteredRule } from '../engine/rule.ts';
import type { Expression, NameExpression } from '../ir/expression.ts';
import { walk } from '../ir/walk.ts';
import type { Call, Program } from '../semantics/program.ts';
import { callFacts, callLine } from './callFacts.ts';
import type { Explanation, FileFacts, LineFacts } from './explanation.ts';
import { entryPointText } from './placeFacts.ts';
import { ruleFacts } from './ruleFacts.ts';
import { valueTexts } from './valueText.ts';
import { type LineAddress, WatchedLine } from './watchedLine.ts';
import { machineText } from './watchedProgram.ts';

export interface ExplainInput {
  readonly document: AnalysisDocument;
  readonly program: Program;
  readonly settings: AnalysisSettings;
  readonly rules: readonly RegisteredRule[];
  readonly models: ModelCatalogue;
  /** What the analysis found: tells which reports are suppressed. */
  readonly findings: readonly Finding[];
  /** The whole file where absent. */
  readonly at?: LineAddress;
}

/** The facts of a file or of one of its lines, and why each rule did or did not report there; `undefined` when there is no such line. */
export function explain(input: ExplainInput): Explanation | undefined {
  const { document, program, at } = input;
  const head = { path: document.path, language: program.module.language, file: fileFacts(input) };
  if (!at) return { ...head, calls: program.calls.flatMap((call) => callLine(call, document)) };
  const watched = WatchedLine.find(document, program, at);
  return watched && { ...head, line: lineFacts(input, watched, at) };
}

function fileFacts({ program, settings }: ExplainInput): FileFacts {
  const { hardware, machine, runtime } = program.environment;
  const { ranges, undecided } = settings.environment.versions;
  return {
    isTestOrBenchmark: program.isTestOrBenchmark,
    hasSyntaxErrors: program.module.hasSyntaxErrors,
    hardware: hardware.name,
    machine: machineText(machine),
    runtime: runtime.kind === 'known' ? runtime.value : runtime.kind,
    versions: {
      ...Object.fromEntries(Object.entries(ranges).map(([name, { declaredBy }]) => [name, declaredBy])),
      ...Object.fromEntries(undecided.map((name) => [name, 'declared, any version'])),
    },
    entryPoints: [...new Set(program.calls.flatMap(entryPointOf))],
  };
}

function entryPointOf({ place }: Call): readonly string[] {
  return place.entryPoint ? [entryPointText(place.entryPoint)] : [];
}

function lineFacts(input: ExplainInput, watched: WatchedLine, at: LineAddress): LineFacts {
  const { document, program, findings } = input;
  return {
    ...at,
    text: program.text(watched.span),
    calls: program.calls.filter(({ node }) => watched.holds(node)).map((call) => callFacts(program, call, document)),
    names: namesOf(program, watched),
    rules: ruleFacts({
      ...input,
      isWatched: (span) => watched.holds(span),
      isSuppressed: (ruleId) =>
        findings.some(
          ({ ruleId: id, location, suppression }) =>
            id === ruleId &&
            suppression !== undefined &&
            location.cell === at.cell &&
            location.range.start.line <= at.line &&
            location.range.end.line >= at.line,
        ),
    }),
  };
}

/** Variables on the line with what they can hold there. */
function namesOf(program: Program, watched: WatchedLine): LineFacts['names'] {
  const found = new Map<string, readonly string[]>();
  for (const { node } of walk(program.module.body)) {
    if (node.kind !== 'name' || found.has(node.name)) continue;
    if (node.start < watched.span.start || node.end > watched.span.end) continue;
    found.set(node.name, valueTexts(program.values(assignedTo(program, node))));
  }
  return [...found].map(([name, values]) => ({ name, values }));
}

/** What a plain assignment puts into a name that it writes; a name that is read stands for itself. */
function assignedTo(program: Program, name: NameExpression): Expression {
  const statement = program.statement(name);
  const isTarget = statement?.kind === 'assign' && statement.operator === '=' && statement.targets.includes(name);
  return isTarget && statement.value ? statement.value : name;
}
