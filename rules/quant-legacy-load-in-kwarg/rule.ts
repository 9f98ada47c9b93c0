import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Argument, Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isDead } from '../shared/conditional.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { type Answer, isAtLeast } from '../shared/versions.ts';

/** `load_in_8bit=…` or `load_in_4bit=…`: as it is written in the call, or its value in a mapping that the call spreads. */
interface Flag {
  readonly name: string;
  readonly value: Expression;
  readonly written: Argument | undefined;
}

interface State {
  readonly call: Call;
  readonly flags: readonly Flag[];
  /** Whether transformers 5 runs this. */
  readonly isFive: Answer;
}

const FLAGS = ['load_in_8bit', 'load_in_4bit'];
/** Options of bitsandbytes that transformers 4 took beside the flags; they belong into the configuration as well. */
const OPTION = /^(bnb_4bit_|llm_int8_)/;

export default defineRule<State>({
  meta: {
    id: 'quant-legacy-load-in-kwarg',
    title: 'load_in_8bit or load_in_4bit given to from_pretrained()',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe'],
    catalogue: ['quant-legacy-load-in-kwarg'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const version = transformersVersion(program);
    const isFive = isAtLeast(version, '5');
    // The configuration object came with 4.30.
    if (isAtLeast(version, '4.30') === 'no') return;
    for (const call of program.calls) {
      const flags = flagsOf(program, call, isFive);
      if (flags.length > 0 && !isDead(program, call.node)) yield report({ call, flags, isFive });
    }
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = editsFor(program, state);
    return edits === undefined ? [] : [{ title: 'Give a BitsAndBytesConfig instead', safety: 'safe', edits }];
  },
});

/** The flags of a load that quantise; with transformers 5, where every one of them raises, all that are written. */
function flagsOf(program: Program, call: Call, isFive: Answer): readonly Flag[] {
  const { api } = call;
  if (!api?.roles.includes('model-load') || api.returns !== 'transformers.PreTrainedModel') return [];
  if (!api.name.startsWith('transformers.')) return [];
  const flags = FLAGS.flatMap((name): readonly Flag[] => {
    const given = call.argument(name);
    const written = call.node.args.find((argument) => argument.name === name);
    return given.kind === 'known' ? [{ name, value: given.value, written }] : [];
  });
  return isFive === 'yes' || flags.some((flag) => isConstant(program, flag, true)) ? flags : [];
}

function isConstant(program: Program, { value }: Flag, wanted: boolean): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && constant.value === wanted;
}

function report(state: State): Hit<State> {
  const { call, flags, isFive } = state;
  const names = flags.map(({ name }) => `\`${name}\``).join(' and ');
  const raises = isFive === 'yes';
  const [first] = flags;
  return {
    span: first?.written ?? call.node,
    severity: raises ? 'warning' : 'hint',
    message: {
      what: raises
        ? `from_pretrained() of transformers 5 no longer takes ${names}: the load raises a TypeError.`
        : `${names} as an argument of from_pretrained() is deprecated, and transformers 5 raises a TypeError.`,
      why: 'Code that fails after an upgrade tends to be mended by dropping the argument, and the model then loads without quantisation.',
      advice: 'Pass `quantization_config=BitsAndBytesConfig(…)`.',
      ...(raises ? {} : { condition: 'Transformers 4 still quantises as asked.' }),
    },
    related: first && !first.written ? [{ span: first.value, message: 'given here' }] : [],
    state,
  };
}

/** The one flag that is on becomes the configuration; those that are off go. */
function editsFor(program: Program, { call, flags }: State): readonly Edit[] | undefined {
  const { module } = program;
  const on = flags.filter((flag) => isConstant(program, flag, true));
  const [flag] = on;
  const isPlain = call.node.args.every(
    ({ name, spread }) => spread === undefined && name !== 'quantization_config' && !OPTION.test(name ?? ''),
  );
  const isReadable = flags.every((other) => on.includes(other) || isConstant(program, other, false));
  if (flag?.written === undefined || on.length > 1 || !isPlain || !isReadable) return undefined;
  const config = importEdit(module, { module: 'transformers', name: 'BitsAndBytesConfig', at: call.node.start });
  if (config === undefined) return undefined;
  const edits: Edit[] = [
    ...config.edits,
    {
      span: { start: flag.written.start, end: flag.written.end },
      text: `quantization_config=${config.local}(${flag.name}=True)`,
    },
  ];
  for (const other of flags) {
    if (other === flag) continue;
    const removal = other.written && removeArgument(call.node, other.written, module.text);
    if (removal === undefined) return undefined;
    edits.push(removal);
  }
  return edits;
}
