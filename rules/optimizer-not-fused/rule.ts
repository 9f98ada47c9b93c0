import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { hidesAccelerators, methodName } from '../shared/devices.ts';
import { trainedModel } from '../shared/trainedModel.ts';
import { trainingLoops } from '../shared/trainingLoop.ts';
import { isAtLeast } from '../shared/versions.ts';

const FUSED = /^torch\.optim\.(\w+\.)?(AdamW|Adam|SGD)$/;
const DECIDED = ['fused', 'foreach', 'capturable', 'differentiable', 'maximize'];
/** Few trained weights, other optimisers, sparse gradients, and frameworks that step themselves. */
const OTHER_WAY =
  /\bpeft\b|lora|bitsandbytes|bnb\.optim|\bapex\b|deepspeed|fsdp|torch_xla|sparse=True|gradient_clip_val|accelerate|optimi[sz]er_in_backward/i;

export default defineRule<Call>({
  meta: {
    id: 'optimizer-not-fused',
    title: 'Optimiser of a large model without its fused kernel',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['torch-optimizer-not-fused'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    const code = codeText(program);
    if (program.isTestOrBenchmark || hidesAccelerators(program) || OTHER_WAY.test(code)) return;
    if (!/\.cuda\(|["']cuda/.test(code) || trainedModel(program)?.parameters === undefined) return;
    if (program.environment.hardware.kind !== 'gpu' || trainingLoops(program).length === 0) return;
    if (isAtLeast(program.environment.versions.version('torch'), '2.0') === 'no') return;
    for (const call of program.calls) if (isPlain(program, call)) yield report(call);
  },

  fixes({ state }, program): readonly Fix[] {
    return [
      {
        title: 'Use the fused kernel',
        safety: 'suggestion',
        edits: insertArgument(state.node, 'fused=True', program.module.text),
        reason:
          'Needs PyTorch 2 and a model that is on the GPU before the optimiser is made; sums are rounded in another order.',
      },
    ];
  },
});

function isPlain(program: Program, call: Call): boolean {
  if (!FUSED.test(call.name ?? '') || DECIDED.some((name) => call.node.args.some((argument) => argument.name === name)))
    return false;
  const [first] = call.node.args;
  const parameters = first?.value.kind === 'call' ? program.callOf(first.value) : undefined;
  const isSpread = call.node.args.some(({ spread }) => spread !== undefined);
  if (isSpread || parameters?.receiver === undefined || methodName(parameters) !== 'parameters') return false;
  // All weights of the loaded model, not a head or a mask.
  return program.origin(parameters.receiver)?.api?.roles.includes('model-load') === true;
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'hint',
    message: {
      what: 'The optimiser updates the weights by several kernels for each group of tensors.',
      why: 'The fused kernel reads and writes every weight and its states once in each step.',
      advice: 'Pass `fused=True`.',
      condition: 'It saves some percent of a step, most where batches are small for the size of the model.',
    },
    related: [],
    state: call,
  };
}
