import type { Call, Program } from '../../src/core/semantics/program.ts';

/** scikit-learn 1.9.1, model_selection/_split.py: `cv=None` means five folds. */
const DEFAULT_FOLDS = 5;
const SPLITTERS =
  /^sklearn\.model_selection\.(KFold|StratifiedKFold|GroupKFold|StratifiedGroupKFold|TimeSeriesSplit|RepeatedKFold|RepeatedStratifiedKFold|ShuffleSplit|StratifiedShuffleSplit)$/;

export interface Folds {
  readonly count: number;
  /** False where the splitter is not known: one fold is the least. */
  readonly isExact: boolean;
  /** The rows are a series: each fold trains on what comes before it. */
  readonly isOrdered?: boolean;
}

/** Fits per candidate of a search: `cv=5`, `cv=KFold(10)`, the default. */
export function foldsOf(program: Program, search: Call): Folds {
  const argument = search.argument('cv');
  const value = argument.kind === 'known' ? argument.value : search.node.args.find(({ name }) => name === 'cv')?.value;
  if (value === undefined) return argument.kind === 'unknown' ? { count: 1, isExact: false } : exact(DEFAULT_FOLDS);
  const constant = program.constant(value);
  if (constant.kind === 'known') {
    if (constant.value === null) return exact(DEFAULT_FOLDS);
    if (typeof constant.value === 'number') return exact(constant.value);
  }
  const splitter = program.origin(value);
  if (splitter === undefined || !SPLITTERS.test(splitter.name ?? '')) return { count: 1, isExact: false };
  const name = splitter.name ?? '';
  const folds = numberArgument(program, splitter, 'n_splits', 0) ?? (/ShuffleSplit$/.test(name) ? 10 : DEFAULT_FOLDS);
  const repeats = /Repeated/.test(name) ? (numberArgument(program, splitter, 'n_repeats', -1) ?? 10) : 1;
  return { ...exact(folds * repeats), isOrdered: /TimeSeriesSplit$/.test(name) };
}

function exact(count: number): Folds {
  return { count, isExact: true };
}

function numberArgument(program: Program, call: Call, name: string, position: number): number | undefined {
  const positional = position < 0 ? undefined : call.node.args[position];
  const argument =
    call.node.args.find((candidate) => candidate.name === name) ??
    (positional?.name === undefined ? positional : undefined);
  const constant = argument && program.constant(argument.value);
  return constant?.kind === 'known' && typeof constant.value === 'number' ? constant.value : undefined;
}
