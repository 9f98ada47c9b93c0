import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { HostedRequest } from './hostedRequest.ts';

/** What proves that a request wants a label, a title or a value, and no more. */
export type ShortAnswer =
  | { readonly by: 'choice' }
  | { readonly by: 'cap'; readonly tokens: number }
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
  if (DEMANDING.test(prompt)) return undefined;
  if (prompt.length > LONGEST_INSTRUCTION) return undefined;
  if (schema) return isChoice(schema, program) ? { by: 'choice' } : undefined;
  if (cap !== undefined && cap <= SMALL_CAP) return { by: 'cap', tokens: cap };
  const words = WORDS.exec(prompt)?.[0];
  return words === undefined ? undefined : { by: 'words', words };
}

/** `Output.choice(…)`, `output: 'enum'`, an object with one field that is an enumeration or a boolean. */
function isChoice(schema: Expression, program: Program): boolean {
  const constant = program.constant(schema);
  if (constant.kind === 'known') return constant.value === 'enum';
  const source = schema.kind === 'call' ? schema : (program.origin(schema)?.node ?? schema);
  if (source.kind !== 'call') return false;
  const callee = program.text(source.callee);
  if (/(^|\.)Output\.choice$/.test(callee)) return true;
  if (!/(^|\.)z\.object$/.test(callee)) return false;
  const [fields] = source.args;
  if (fields?.value.kind !== 'mapping' || fields.value.entries.length !== 1) return false;
  return /^z\s*\.(enum|boolean|nativeEnum)\(/.test(program.text(fields.value.entries[0]?.value ?? schema));
}
