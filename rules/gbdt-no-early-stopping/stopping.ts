import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Answer } from '../shared/versions.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';
import type { Library } from './boosting.ts';

/** Keywords that switch early stopping on, in the constructor, in `fit` or in `train`. */
const SWITCHES = ['early_stopping_rounds', 'early_stopping_round', 'od_type', 'od_wait', 'n_iter_no_change'];
/** Entries of `params` that do the same. */
const ENTRY = /^(early_stopping(_rounds?)?|n_iter_no_change|od_type|od_wait)$/;
const STOPPING_TEXT = /early_?stop|Pruning|EarlyStop/i;

/** Whether a call trains with early stopping, as far as its own arguments tell. */
export function stopsEarly(program: Program, call: Call, library: Library): Answer {
  const answers = [
    ...SWITCHES.map((name) => switchedOn(program, call, name)),
    byCallbacks(program, call),
    byParams(program, call, library),
  ];
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function switchedOn(program: Program, call: Call, name: string): Answer {
  const argument = writtenArgument(program, call, name);
  if (argument.kind === 'absent') return 'no';
  if (argument.kind === 'unknown') return 'unknown';
  const constant = program.constant(argument.value.value);
  if (constant.kind === 'known') return constant.value === null || constant.value === 0 ? 'no' : 'yes';
  return program.values(argument.value.value).every(({ kind }) => kind === 'unknown') ? 'yes' : 'unknown';
}

function byCallbacks(program: Program, call: Call): Answer {
  const argument = writtenArgument(program, call, 'callbacks');
  if (argument.kind !== 'known') return argument.kind === 'absent' ? 'no' : 'unknown';
  return inCallbacks(program, argument.value.value);
}

function inCallbacks(program: Program, value: Expression): Answer {
  if (STOPPING_TEXT.test(program.text(value))) return 'yes';
  const lists = program.values(value);
  for (const list of lists) {
    if (list.kind !== 'collection' || list.node.kind !== 'sequence') return 'unknown';
    if (STOPPING_TEXT.test(program.text(list.node))) return 'yes';
    if (list.node.elements.some((element) => element.kind !== 'call')) return 'unknown';
  }
  return 'no';
}

/** LightGBM reads the switch from `params` too. */
function byParams(program: Program, call: Call, library: Library): Answer {
  if (library !== 'lightgbm' || call.name !== 'lightgbm.train') return 'no';
  if (/["']early_stopping(_rounds?)?["']\s*\]?\s*[:=]/.test(program.module.text)) return 'yes';
  const params = call.argument('params');
  if (params.kind !== 'known') return 'unknown';
  const answers = program.values(params.value).map((value): Answer => {
    if (value.kind !== 'collection' || value.node.kind !== 'mapping') return isDict(value) ? 'no' : 'unknown';
    if (value.node.entries.some(({ key }) => key !== undefined && ENTRY.test(key))) return 'yes';
    return value.node.entries.some(({ isSpread }) => isSpread) ? 'unknown' : 'no';
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** `dict()` that is filled by item: the search of the text above has seen its items. */
function isDict(value: { readonly kind: string; readonly type?: string }): boolean {
  return value.kind === 'instance' && value.type === 'builtins.dict()';
}
