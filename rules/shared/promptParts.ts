import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { argumentFor } from './argumentFor.ts';
import { hostedForm } from './hostedForm.ts';
import { writtenSource } from './writtenSource.ts';

/** A prompt in the order in which the model reads it: constant text, and expressions for what is put in. */
export type PromptPart = string | Expression;

/** A rule of thumb for English text (OpenAI and Anthropic documentation, 2025): four characters a token. */
export const CHARACTERS_PER_TOKEN = 4;

const STRIPS = /^(trim|strip|trimStart|trimEnd|lstrip|rstrip)$/;
const MOST_NESTED = 12;

/** Instruction and messages of a request, up to the first that cannot be read; `undefined` where the call is no such request. */
export function requestParts(call: Call, program: Program): readonly PromptPart[] | undefined {
  const found = hostedForm(call, program);
  if (!found) return undefined;
  const parts: PromptPart[] = [];
  for (const name of found.form.text) {
    const argument = call.argument(found.at + name);
    if (argument.kind === 'unknown') return undefined;
    if (argument.kind === 'known') parts.push(...promptParts(argument.value, program));
  }
  return parts;
}

/** Parts of one prompt, message or list of messages. */
export function promptParts(expression: Expression, program: Program, depth = 0): readonly PromptPart[] {
  if (depth > MOST_NESTED) return [expression];
  const constant = program.constant(expression);
  if (constant.kind === 'known') return typeof constant.value === 'string' ? [constant.value] : [];
  const inner = (part: Expression): readonly PromptPart[] => promptParts(part, program, depth + 1);
  switch (expression.kind) {
    case 'template':
      return expression.parts.flatMap((part) => (typeof part === 'string' ? [part] : inner(part)));
    case 'operation':
      return expression.operator === '+' ? expression.operands.flatMap(inner) : [expression];
    case 'sequence':
      return expression.elements.flatMap(inner);
    case 'mapping': {
      const content = ['content', 'parts', 'text'].map((key) => expression.entries.find((entry) => entry.key === key));
      const entry = content.find((candidate) => candidate !== undefined);
      return entry ? inner(entry.value) : [];
    }
    case 'conditional': {
      const test = program.constant(writtenSource(expression.test, program));
      if (test.kind !== 'known') return [expression];
      return inner(test.value ? expression.consequent : expression.alternate);
    }
    case 'call':
      return returnedParts(expression, inner, program) ?? callParts(expression, inner);
    case 'name': {
      const source = writtenSource(expression, program);
      return source === expression || source.kind === 'name' ? [expression] : inner(source);
    }
    default:
      return [expression];
  }
}

/** `promptFor(user.name)` of a function of this file that returns one text: its parameters are what the call hands over. */
function returnedParts(
  call: CallExpression,
  inner: (part: Expression) => readonly PromptPart[],
  program: Program,
): readonly PromptPart[] | undefined {
  const [value, ...others] = program.values(call.callee);
  const site = program.callOf(call);
  if (value?.kind !== 'function' || others.length > 0 || !site) return undefined;
  const { definition } = value;
  const [returned, ...more] = returnedBy(definition);
  if (!returned || more.length > 0) return undefined;
  return inner(returned).flatMap((part) => {
    if (typeof part === 'string' || part.kind !== 'name') return [part];
    const given = argumentFor(site, definition, part.name);
    return given ? inner(given.value) : [part];
  });
}

/** What a function returns, without the functions inside it. */
function returnedBy({ body, bodySpan }: FunctionDefinition): readonly Expression[] {
  const inside: Span[] = [];
  const found: Expression[] = [];
  for (const { node } of walk(body)) {
    if (node.kind === 'function') inside.push(node.definition.bodySpan);
    if (node.kind !== 'return' || !node.value || !contains(bodySpan, node)) continue;
    if (!inside.some((span) => contains(span, node))) found.push(node.value);
  }
  return found;
}

/** `[a, b].join('\n')` and `text.trim()`. */
function callParts(call: CallExpression, inner: (part: Expression) => readonly PromptPart[]): readonly PromptPart[] {
  const { callee, args } = call;
  if (callee.kind !== 'attribute') return [call];
  if (STRIPS.test(callee.name) && args.length === 0) return inner(callee.object);
  const list = callee.object.kind === 'sequence' ? callee.object : args[0]?.value;
  return callee.name === 'join' && list?.kind === 'sequence' ? inner(list) : [call];
}
