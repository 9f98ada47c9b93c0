import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isFirstOnLine, lineEnd, lineStart, nextLineStart } from '../../src/core/text/layout.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';

export default defineRule<Call>({
  meta: {
    id: 'tfjs-debug-mode',
    title: 'Debug mode of TensorFlow.js left on',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-debug-mode'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !tensorFlowImport(program)) return;
    for (const call of program.calls) {
      const what = debugSwitch(call, program);
      if (what === undefined || isConditional(call, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.end },
        severity: 'information',
        message: {
          what,
          why: 'After every operation the result is read back from the GPU and searched for NaN, so that nothing is computed ahead.',
          advice: 'Leave it out, or set it only in development.',
          condition: 'The saving depends on how much the program computes.',
        },
        related: [],
        state: call,
      };
    }
  },

  fixes({ state: call }, program) {
    const line = ownLine(call, program);
    if (!line) return [];
    return [
      {
        title: 'Leave debug mode off',
        safety: 'suggestion',
        reason: 'NaN in a result no longer ends the program with an error.',
        edits: [{ span: line, text: '' }],
      },
    ];
  },
});

/** TensorFlow.js 4.22: `DEBUG` checks every kernel; the WebGL flags check numbers or switch packing off. */
const FLAGS: ReadonlyMap<string, { readonly value: boolean; readonly what: string }> = new Map([
  ['DEBUG', { value: true, what: 'Debug mode is on for every run of the program.' }],
  [
    'WEBGL_CHECK_NUMERICAL_PROBLEMS',
    { value: true, what: 'The WebGL backend checks every result for numerical problems.' },
  ],
]);

function debugSwitch(call: Call, program: Program): string | undefined {
  if (/^@tensorflow\/tfjs[\w-]*(\.default)?\.enableDebugMode$/.test(call.name ?? '')) return FLAGS.get('DEBUG')?.what;
  if (!isFlagSetter(call, program)) return undefined;
  const [name, value] = call.node.args;
  const flag = name && program.constant(name.value);
  const setting = value && program.constant(value.value);
  if (flag?.kind !== 'known' || setting?.kind !== 'known') return undefined;
  const known = FLAGS.get(String(flag.value));
  return known?.value === setting.value ? known?.what : undefined;
}

/** `tf.env().set(…)`; `env` may stand for the library's own under another import. */
function isFlagSetter(call: Call, program: Program): boolean {
  const { callee } = call.node;
  if (callee.kind !== 'attribute' || callee.name !== 'set' || callee.object.kind !== 'call') return false;
  const source = program.callOf(callee.object);
  return /^@tensorflow\/tfjs[\w-]*(\.default)?\.env$/.test(source?.name ?? '');
}

/** Under a flag of the build, an option or a choice. */
function isConditional(call: Call, program: Program): boolean {
  const { statements, functions } = enclosing(program.module, call.node);
  if (statements.some(({ kind }) => kind === 'if' || kind === 'match')) return true;
  if (functions.some(({ name }) => /debug|dev/i.test(name ?? ''))) return true;
  const statement = program.statement(call.node);
  return statement !== undefined && /&&|\?|\|\|/.test(program.text(statement));
}

/** The line of a call that stands alone as a statement. */
function ownLine(call: Call, program: Program): Span | undefined {
  const { text } = program.module;
  const statement = program.statement(call.node);
  if (statement?.kind !== 'expression' || statement.expression !== call.node || !isFirstOnLine(text, statement.start))
    return undefined;
  const rest = text.slice(statement.end, lineEnd(text, statement.end)).trim();
  if (rest !== '' && rest !== ';') return undefined;
  return { start: lineStart(text, statement.start), end: nextLineStart(text, statement.end) };
}
