import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { type Backward, backwards } from '../shared/backwardPasses.ts';
import { type Kept, keptLosses } from './keptLosses.ts';

interface State {
  readonly kept: Kept;
}

export default defineRule<State>({
  meta: {
    id: 'running-loss-keeps-graph',
    title: 'Running loss holds on to the graph of every step',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe'],
    catalogue: ['torch-loss-accumulates-graph'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const reported = new Set<number>();
    for (const step of backwards(program)) {
      for (const kept of keptLosses(program, step)) {
        if (reported.has(kept.loss.start) || isDetached(program, step, kept.loss)) continue;
        reported.add(kept.loss.start);
        yield report(program, kept, step.loop);
      }
    }
  },

  effect() {
    return { before: { kind: 'train', unit: 'run', engine: 'torch' }, after: {}, alsoSaves: ['memory'] };
  },

  fixes({ state: { kept } }): readonly Fix[] {
    const at = kept.loss.end;
    return [
      {
        title: 'Keep the value without its graph',
        safety: 'safe',
        edits: [{ span: { start: at, end: at }, text: '.detach()' }],
      },
    ];
  },
});

/** The loss becomes a number on the way, or gradients are off where it is kept. */
function isDetached(program: Program, { loop, loss }: Backward, place: Expression): boolean {
  if (program.place(place).gradients === 'off') return true;
  const name = program.text(loss).replace(/[.\\]/g, '\\$&');
  const numbers = `(?<![\\w.])${name}\\s*(?::[^=\\n]+)?=[^=\\n][^\\n]*(?:\\.item\\(|\\.detach\\(|\\.data\\b|\\bfloat\\(|\\.numpy\\(|\\.tolist\\()`;
  return new RegExp(numbers).test(program.text(loop));
}

function report(program: Program, { loss, holder, form }: Kept, loop: Loop): Hit<State> {
  const name = `\`${program.text(holder)}\``;
  const value = program.text(loss);
  return {
    span: { start: loss.start, end: loss.end },
    severity: 'hint',
    message: {
      what:
        form === 'sum'
          ? `${name} holds on to the autograd graph of every step.`
          : `${name} keeps the autograd graph of every step with its loss.`,
      why: `\`${value}\` is a tensor with a history, and what is computed from it or kept of it has one too, so memory grows with every step of the loop.`,
      advice: `Keep \`${value}.detach()\`: the same value, still on the device; \`.item()\` would wait for the device in every step.`,
    },
    related: contains(loop, loss) ? [{ span: loop.head, message: 'grows in every turn of this loop' }] : [],
    state: { kept: { loss, holder, form } },
  };
}
