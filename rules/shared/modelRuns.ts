import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

const RUNNING_ROLES = ['generate', 'predict', 'embed'];
/** Methods that compute and that models bring themselves, so that no library's data lists them. */
const RUNNING_METHODS = /^(forward|get_(text|image|audio)_features|transcribe|chat|encode_(text|image)|compute_\w+)$/;

/** Calls that run a loaded model, its own and those of the pipelines that serve it. */
export function runsOf(program: Program, load: Call): readonly Call[] {
  return [load, ...servingPipelines(program, load)].flatMap((holder) => program.methodCalls(holder).filter(isRun));
}

/** Pipelines that serve a loaded model: `pipeline(task, model=model)`. */
export function servingPipelines(program: Program, load: Call): readonly Call[] {
  return program
    .uses(load)
    .flatMap(({ call }) =>
      call?.api?.returns !== undefined && /\.(Pipeline|DiffusionPipeline)$/.test(call.api.returns) ? [call] : [],
    );
}

function isRun(call: Call): boolean {
  if (call.api?.roles.some((role) => RUNNING_ROLES.includes(role))) return true;
  return RUNNING_METHODS.test(methodName(call) ?? '');
}
