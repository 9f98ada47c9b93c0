import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasCommentNear } from '../shared/commentNear.ts';

interface Reduced {
  readonly value: Expression;
}

export default defineRule<Reduced>({
  meta: {
    id: 'ort-graph-optimization-off',
    title: 'Graph optimisation of ONNX Runtime switched off',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['ort-graph-opt-disabled'],
    libraries: ['onnxruntime-web', 'onnxruntime-node', 'onnxruntime-react-native', '@huggingface/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || /optimizedModelFilePath|\.ort['"`]/.test(program.module.text)) return;
    for (const call of program.calls) {
      const value = reducedLevel(call, program);
      // Whoever writes down why knows that it is off.
      if (!value || hasCommentNear(program, value, 2, /optimi[sz]|graph|debug|crash|bug|workaround|slow/i)) continue;
      yield {
        span: { start: value.start, end: value.end },
        severity: 'information',
        message: {
          what: `\`${program.text(value)}\` leaves operators unfused that the runtime would compute as one.`,
          why: 'The same network took 23 % more processor time without it (IS-Net); plain encoders differ little.',
          advice: "Leave `graphOptimizationLevel` out: the default is 'all'.",
          condition: 'The saving depends on the network; creating the session takes longer.',
        },
        related: [],
        state: { value },
      };
    }
  },

  fixes({ state: { value } }, program) {
    const quote = program.text(value)[0] ?? '';
    if (value.kind !== 'literal' || !/['"`]/.test(quote)) return [];
    return [
      {
        title: 'Optimise the graph',
        safety: 'suggestion',
        reason: 'Creating the session takes longer, and results can differ in the last digits.',
        edits: [{ span: { start: value.start, end: value.end }, text: `${quote}all${quote}` }],
      },
    ];
  },
});

const PATHS = ['options.graphOptimizationLevel', 'options.session_options.graphOptimizationLevel'];

function reducedLevel(call: Call, program: Program): Expression | undefined {
  if (call.api?.roles.includes('model-load') !== true) return undefined;
  if (!/^(onnxruntime-common|@huggingface\/transformers)\./.test(call.api.name)) return undefined;
  for (const path of PATHS) {
    const argument = call.argument(path);
    const level = argument.kind === 'known' ? program.constant(argument.value) : undefined;
    if (argument.kind === 'known' && level?.kind === 'known' && /^(disabled|basic)$/.test(String(level.value)))
      return argument.value;
  }
  return undefined;
}
