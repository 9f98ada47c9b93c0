import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { argumentFor } from '../shared/argumentFor.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { flagDefault } from '../shared/flagDefault.ts';

/** A tokenizer call that pads every text to one length, where many texts pass through it. */
export interface FixedPadding {
  readonly call: Call;
  readonly argument: Argument;
  /** Tokens that each text is padded to, where the text or the default of a flag or parameter says it. */
  readonly length: number | undefined;
  /** `map`: prepares a data set; `item`: in `__getitem__`. */
  readonly site: 'map' | 'item';
}

/** Methods of a data set that run a function on each of its rows. */
const ROW_METHODS = /^(map|with_transform|set_transform|apply|progress_apply)$/;
const TOKENIZER_NAME = /(^|_|\.)(tokenizer|tok)$/i;
const MOST_HOPS = 2;

export function fixedPadding(program: Program, call: Call): FixedPadding | undefined {
  const argument = paddingArgument(program, call);
  if (argument === undefined || !isTokenizer(program, call)) return undefined;
  const owner = call.place.function;
  const site = owner && siteOf(program, owner, MOST_HOPS);
  return site && { call, argument, length: lengthOf(program, call), site };
}

/** `padding="max_length"`, also through a constant, or the older `pad_to_max_length=True`. */
function paddingArgument(program: Program, call: Call): Argument | undefined {
  return call.node.args.find(({ name, value }) => {
    if (name !== 'padding' && name !== 'pad_to_max_length') return false;
    const constant = program.constant(value);
    return constant.kind === 'known' && constant.value === (name === 'padding' ? 'max_length' : true);
  });
}

/** A tokenizer by its type, or by its name where it comes from elsewhere; processors of images and sound need one length. */
function isTokenizer(program: Program, call: Call): boolean {
  const { callee } = call.node;
  const isMethod = callee.kind === 'attribute' && /^(encode_plus|batch_encode_plus|encode|__call__)$/.test(callee.name);
  const receiver = isMethod && callee.kind === 'attribute' ? callee.object : callee;
  const values = program.values(receiver);
  if (values.some((value) => value.kind === 'instance' && /Processor|FeatureExtractor/.test(value.type))) return false;
  if (values.some((value) => value.kind === 'instance' && /Tokenizer/.test(value.type))) return true;
  return TOKENIZER_NAME.test(program.text(receiver));
}

/** How a function reaches the rows of a data set: given to `map`, or as `__getitem__`; through functions that call it as well. */
function siteOf(program: Program, owner: FunctionDefinition, hops: number): FixedPadding['site'] | undefined {
  if (owner.name === '__getitem__') return 'item';
  if (isGivenToMap(program, owner)) return 'map';
  if (hops === 0) return undefined;
  for (const caller of program.callsTo(owner)) {
    const outer = caller.place.function;
    if (outer === undefined || outer === owner) continue;
    const site = siteOf(program, outer, hops - 1);
    if (site) return site;
  }
  return undefined;
}

function isGivenToMap(program: Program, definition: FunctionDefinition): boolean {
  return program.calls.some(
    (call) =>
      ROW_METHODS.test(methodName(call) ?? '') &&
      call.node.args.some(({ value }) =>
        program.values(value).some((candidate) => candidate.kind === 'function' && candidate.definition === definition),
      ),
  );
}

/** A number, the default of a flag, or the default of a parameter of a function around the call. */
function lengthOf(program: Program, call: Call): number | undefined {
  const value = call.node.args.find(({ name }) => name === 'max_length')?.value;
  if (value === undefined) return undefined;
  const constant = program.constant(value);
  if (constant.kind === 'known') return typeof constant.value === 'number' ? constant.value : undefined;
  const byFlag = flagDefault(program, value);
  if (typeof byFlag === 'number') return byFlag;
  return value.kind === 'name' ? parameterValue(program, call, value.name) : undefined;
}

/** Default of a parameter of a function around the call, or what the calls of that function give it. */
function parameterValue(program: Program, call: Call, name: string): number | undefined {
  for (const definition of enclosing(program.module, call.node).functions) {
    const parameter = definition.parameters.find(({ target }) => target.kind === 'name' && target.name === name);
    if (parameter === undefined) continue;
    const given = program.callsTo(definition).map((caller) => argumentFor(caller, definition, name)?.value);
    for (const expression of [...given, parameter.defaultValue]) {
      const constant = expression && program.constant(expression);
      const value = constant?.kind === 'known' ? constant.value : expression && flagDefault(program, expression);
      if (typeof value === 'number') return value;
    }
  }
  return undefined;
}
