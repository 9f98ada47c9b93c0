import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { answerUse } from './answerUse.ts';
import type { HostedRequest } from './hostedRequest.ts';

/** What proves that a request wants a label, a title or a value, and no more. */
export type ShortAnswer =
  | { readonly by: 'choice' }
  | { readonly by: 'cap'; readonly tokens: number }
  /** The program only compares the answer with labels that the prompt names. */
  | { readonly by: 'labels'; readonly labels: readonly string[] }
  | { readonly by: 'words'; readonly words: string };

/** A longer instruction mentions such words in passing. */
const LONGEST_INSTRUCTION = 600;
const SMALL_CAP = 32;

const WORDS =
  /\b(classify|categori[sz]e|sentiment|yes or no|(?:generate|create|write|give|suggest|return|produce) (?:(?:me|a|an|the|only|short|concise|brief|descriptive|\d+[- ]word) ?){0,5}title|(?:one|single) word|(?:extract|return|list) (?:the |\d+ )?keywords?|(?:detect|identify) the language|is (?:this|the following) (?:\w+ )?spam|extract the (?:email|date|phone number|name))\b/i;
/** Work that a small model may do badly, or that judges another model. */
const DEMANDING =
  /\b(judge|grad(?:e|er|ing)|rubric|evaluat\w*|criteria|benchmark|code|sql|math\w*|step[- ]by[- ]step|reason\w*|explain|justif\w*|agent|medical|legal|diagnos\w*|essay|article|story|report)\b/i;

export function shortAnswer(request: HostedRequest, program: Program): ShortAnswer | undefined {
  const { prompt, cap, schema } = request;
  if (isDemanding(prompt)) return undefined;
  if (schema) return isFixedChoice(schema, request.call, program) ? { by: 'choice' } : undefined;
  if (cap !== undefined && cap <= SMALL_CAP) return { by: 'cap', tokens: cap };
  const words = WORDS.exec(prompt)?.[0];
  if (words !== undefined) return { by: 'words', words };
  const labels = comparedLabels(request, program);
  return labels && { by: 'labels', labels };
}

/** Work that a small model may do badly, or an instruction too long to tell. */
export function isDemanding(prompt: string): boolean {
  return prompt.length > LONGEST_INSTRUCTION || DEMANDING.test(prompt);
}

/** What the answer is compared with, where the program does nothing else with it and the prompt names each of these words. */
export function comparedLabels({ site, prompt }: HostedRequest, program: Program): readonly string[] | undefined {
  const { compared, isOnlyCompared } = answerUse(site.node, program);
  const words = prompt.toLowerCase();
  return isOnlyCompared && compared.every((label) => words.includes(label.toLowerCase())) ? compared : undefined;
}

/**
 * `Output.choice(…)`, `output: 'enum'`, an object with one field that is an enumeration or a boolean, where the labels are written
 * in the program. Labels that come with the request or from a database differ from call to call.
 */
function isFixedChoice(schema: Expression, call: Call, program: Program): boolean {
  const constant = program.constant(schema);
  if (constant.kind === 'known') {
    const labels = call.argument('options.enum');
    return constant.value === 'enum' && labels.kind === 'known' && isWrittenList(labels.value, program);
  }
  const source = callIn(schema, program);
  if (!source) return false;
  const callee = program.text(source.callee);
  const [first] = source.args;
  if (/(^|\.)Output\.choice$/.test(callee)) return isWrittenList(entryOf(first?.value, 'options'), program);
  if (!/(^|\.)z\.object$/.test(callee) || first?.value.kind !== 'mapping' || first.value.entries.length !== 1)
    return false;
  const field = callIn(first.value.entries[0]?.value, program);
  if (!field) return false;
  const inner = innermostCall(field);
  const type = program.text(inner.callee);
  if (/(^|\.)z\s*\.(boolean|nativeEnum)$/.test(type)) return true;
  return /(^|\.)z\s*\.enum$/.test(type) && isWrittenList(inner.args[0]?.value, program);
}

function callIn(expression: Expression | undefined, program: Program): CallExpression | undefined {
  if (!expression) return undefined;
  return expression.kind === 'call' ? expression : program.origin(expression)?.node;
}

/** `z.enum(LABELS)` of `z.enum(LABELS).describe('…')`. */
function innermostCall(call: CallExpression): CallExpression {
  const { callee } = call;
  return callee.kind === 'attribute' && callee.object.kind === 'call' ? innermostCall(callee.object) : call;
}

function entryOf(mapping: Expression | undefined, key: string): Expression | undefined {
  return mapping?.kind === 'mapping' ? mapping.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** Every label is a constant, here or where the name of the list is given its value. */
function isWrittenList(list: Expression | undefined, program: Program): boolean {
  if (!list) return false;
  const values = program.values(list);
  return values.every(
    (value) =>
      value.kind === 'collection' &&
      (value.node.kind === 'sequence'
        ? value.node.elements.length > 0 &&
          value.node.elements.every((label) => program.constant(label).kind === 'known')
        : value.node.kind === 'mapping'),
  );
}
