import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isFirstOnLine, lineEnd, lineStart, nextLineStart } from '../../src/core/text/layout.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';

interface State {
  readonly call: Call;
  readonly flag: Flag;
}

export default defineRule<State>({
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
      const flag = debugSwitch(call, program);
      if (!flag || isConditional(call, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.end },
        severity: 'information',
        message: {
          what: flag.what,
          why: flag.why,
          advice: 'Leave it out, or set it only in development.',
          condition: 'The saving depends on how much the program computes.',
        },
        related: [],
        state: { call, flag },
      };
    }
  },

  fixes({ state: { call, flag } }, program) {
    const line = ownLine(call, program);
    if (!line) return [];
    return [
      {
        title: flag.value ? 'Leave debug mode off' : 'Leave the flag at its default',
        safety: 'suggestion',
        reason: flag.value
          ? 'NaN in a result no longer ends the program with an error.'
          : 'The flag may work around a fault of a driver: compare the results.',
        edits: [{ span: line, text: '' }],
      },
    ];
  },
});

interface Flag {
  readonly value: boolean;
  readonly what: string;
  readonly why: string;
}

const CHECKED =
  'After every operation the result is read back from the GPU and searched for NaN, so that nothing is computed ahead.';
const DEBUG: Flag = { value: true, what: 'Debug mode is on for every run of the program.', why: CHECKED };
/** TensorFlow.js 4.22, `flags.ts` and `flags_webgl.ts`: the values that make every operation slower. */
const FLAGS: ReadonlyMap<string, Flag> = new Map([
  ['DEBUG', DEBUG],
  [
    'WEBGL_CHECK_NUMERICAL_PROBLEMS',
    { value: true, what: 'The WebGL backend checks every result for numerical problems.', why: CHECKED },
  ],
  [
    'WEBGL_PACK',
    {
      value: false,
      what: 'The WebGL backend stores one number per texel instead of four.',
      why: 'Unpacked textures take more reads and more shader runs for the same result.',
    },
  ],
  [
    'WEBGL_CPU_FORWARD',
    {
      value: false,
      what: 'The WebGL backend sends the smallest operations to the GPU as well.',
      why: 'An operation on a few numbers that lie in main memory takes longer to start on the GPU than to compute.',
    },
  ],
]);

function debugSwitch(call: Call, program: Program): Flag | undefined {
  if (/^@tensorflow\/tfjs[\w-]*(\.default)?\.enableDebugMode$/.test(call.name ?? '')) return DEBUG;
  const [first, second] = call.node.args;
  const method = flagMethod(call, program);
  if (!method || !first) return undefined;
  if (method === 'setFlags') return flagOfObject(first.value, program);
  const name = program.constant(first.value);
  return name.kind === 'known' && second ? flagOf(String(name.value), second.value, program) : undefined;
}

/** `setFlags({ DEBUG: true })`, where nothing else is set: the line can be left out. */
function flagOfObject(flags: Expression, program: Program): Flag | undefined {
  if (flags.kind !== 'mapping' || flags.entries.length !== 1) return undefined;
  const [entry] = flags.entries;
  return entry?.key === undefined ? undefined : flagOf(entry.key, entry.value, program);
}

function flagOf(name: string, value: Expression, program: Program): Flag | undefined {
  const setting = program.constant(value);
  const flag = FLAGS.get(name);
  return setting.kind === 'known' && flag?.value === setting.value ? flag : undefined;
}

/** `tf.env().set(…)`, `tf.ENV.set(…)`; `env` may stand for the library's own under another import. */
function flagMethod(call: Call, program: Program): 'set' | 'setFlags' | undefined {
  const { callee } = call.node;
  if (callee.kind !== 'attribute' || (callee.name !== 'set' && callee.name !== 'setFlags')) return undefined;
  const source =
    callee.object.kind === 'call' ? program.callOf(callee.object)?.name : program.qualifiedName(callee.object);
  return /^@tensorflow\/tfjs[\w-]*(\.default)?\.(env|ENV)$/.test(source ?? '') ? callee.name : undefined;
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
