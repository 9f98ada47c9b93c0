import { defineRule } from '../../src/core/engine/rule.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { independentLoop } from '../shared/independentLoop.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { makesTensor } from '../shared/tensorValue.ts';

export default defineRule<Call>({
  meta: {
    id: 'tfjs-sync-read-in-loop',
    title: 'TensorFlow.js results read one by one in a loop',
    category: 'batching',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['tfjs-sync-readback-loop'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-converter'],
    since: '0.1.0',
  },

  *detect(program) {
    const imported = tensorFlowImport(program);
    if (program.isTestOrBenchmark || !imported || !hasGpu(imported.modules, program)) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      if (!/^(dataSync|arraySync)$/.test(methodName(call) ?? '') || !isTensor(call, program)) continue;
      if (!call.receiver || call.place.phase === 'training') continue;
      const loop = independentLoop(program, [call.receiver], call.place.loops, ['items', 'unknown']);
      if (!loop || seen.has(loop.start) || isSometimes(call, loop, program)) continue;
      seen.add(loop.start);
      yield {
        span: { start: call.node.start, end: call.node.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(call, program)}\` waits for the GPU in every turn of the loop.`,
          why: 'Each read empties the queue of the GPU and copies one small result; between reads it idles.',
          advice:
            'Compute one tensor for all turns (`tf.stack`, `tf.concat`, a matrix product) and read it once after the loop.',
          condition: 'It saves only on WebGL and WebGPU, and depends on the number of turns.',
        },
        related: [{ span: loop.head, message: 'runs in every turn of this loop' }],
        state: call,
      };
    }
  },
});

/** The native and the WebAssembly backend have nothing to wait for. */
function hasGpu(modules: readonly string[], program: Program): boolean {
  if (modules.some((name) => /tfjs-(node|backend-(wasm|cpu))/.test(name))) return false;
  return !/setBackend\(\s*['"`](cpu|wasm|tensorflow)/.test(program.module.text);
}

function isTensor({ receiver }: Call, program: Program): boolean {
  if (!receiver) return false;
  const maker = receiver.kind === 'call' ? program.callOf(receiver) : program.origin(receiver);
  return maker !== undefined && makesTensor(maker, program);
}

/** Under a condition inside the loop: every n-th turn, or a branch for errors. */
function isSometimes(call: Call, loop: Loop, program: Program): boolean {
  return enclosing(program.module, call.node).statements.some(
    ({ kind, start, end }) => (kind === 'if' || kind === 'match') && start > loop.start && end <= loop.end,
  );
}
