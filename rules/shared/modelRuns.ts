import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isBulkRun } from './bulkRun.ts';
import { methodName } from './devices.ts';
import { largestScale, type Scale } from './scale.ts';

const RUNNING_ROLES = ['generate', 'predict', 'embed'];
/** Methods that compute and that models bring themselves, so that no library's data lists them. */
const RUNNING_METHODS = /^(forward|get_(text|image|audio)_features|transcribe|chat|encode_(text|image)|compute_\w+)$/;
/** What a wrapped model becomes: a pipeline that serves it, an adapter on top, a compiled or parallel module. */
const HOLDER = /(\.(Pipeline|DiffusionPipeline|PreTrainedModel)|^torch\.nn\.Module)$/;

/** Calls that run a loaded model, its own and those of what holds it. */
export function runsOf(program: Program, load: Call): readonly Call[] {
  return [load, ...holdersOf(program, load)].flatMap((holder) => program.methodCalls(holder).filter(isRun));
}

/** How often a loaded model runs. Where the file does not run it: `unknown` when other code can get at it, else `undefined`. */
export function scaleOfModel(program: Program, load: Call): Scale | undefined {
  const runs = runsOf(program, load);
  const scale = largestScale(program, runs);
  // One call for a whole collection is no demonstration; how large the collection is the file does not say.
  if (scale?.kind === 'once' && runs.some((run) => isBulkRun(program, run))) return { kind: 'unknown' };
  if (scale !== undefined) return scale;
  return isReachable(program, load) ? { kind: 'unknown' } : undefined;
}

/** True when code that the file does not show, or a function of its own, gets the model. Nothing imports from a notebook. */
function isReachable(program: Program, load: Call): boolean {
  const isNotebook = program.path.endsWith('.ipynb');
  const statement = program.statement(load.node);
  if (!isNotebook && statement?.kind === 'assign' && load.place.function === undefined) return true;
  return program.uses(load).some(({ kind, call }) => {
    if (kind !== 'argument' || !isNotebook) return true;
    return call !== undefined && program.values(call.node.callee).some((value) => value.kind === 'function');
  });
}

/** Calls that wrap a loaded model: `pipeline(task, model=model)`, `PeftModel.from_pretrained(model, …)`, `torch.compile(model)`. */
export function holdersOf(program: Program, load: Call): readonly Call[] {
  return program
    .uses(load)
    .flatMap(({ call }) => (call?.api?.returns !== undefined && HOLDER.test(call.api.returns) ? [call] : []));
}

function isRun(call: Call): boolean {
  if (call.api?.roles.some((role) => RUNNING_ROLES.includes(role))) return true;
  return RUNNING_METHODS.test(methodName(call) ?? '');
}
