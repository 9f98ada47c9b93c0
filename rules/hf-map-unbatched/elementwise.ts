import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Arguments of a tokenizer that mean the same for one text and for a list of texts. */
const SAME_FOR_LISTS =
  /^(text|text_pair|truncation|max_length|padding|add_special_tokens|stride|is_split_into_words|return_token_type_ids|return_attention_mask|return_special_tokens_mask|return_offsets_mapping)$/;

/** What a mapped function does, where it does nothing but tokenize columns of its example. */
export interface Tokenization {
  readonly call: CallExpression;
}

/**
 * The one tokenizer call that a function returns: `return tok(example["text"], truncation=True)`. `undefined` where it does more, where
 * it would pad every row to the longest of its batch, or where it returns tensors.
 */
export function tokenizationIn(program: Program, definition: FunctionDefinition): Tokenization | undefined {
  const [parameter, ...others] = definition.parameters;
  if (parameter?.target.kind !== 'name' || others.some(({ defaultValue }) => defaultValue === undefined))
    return undefined;
  const statements = definition.body.filter(({ kind, ...node }) => !isDocumentation(kind, node));
  const [only] = statements;
  if (statements.length !== 1 || only?.kind !== 'return' || only.value?.kind !== 'call') return undefined;
  const call = only.value;
  return isTokenizer(program, call) && isListSafe(program, call, parameter.target.name) ? { call } : undefined;
}

function isDocumentation(kind: string, node: object): boolean {
  return kind === 'expression' && 'expression' in node && isLiteral(node.expression);
}

function isLiteral(expression: unknown): boolean {
  return typeof expression === 'object' && expression !== null && 'kind' in expression && expression.kind === 'literal';
}

/** A fast tokenizer, or a parameter or global of that name that is given what only tokenizers take. */
function isTokenizer(program: Program, node: CallExpression): boolean {
  const call = program.callOf(node);
  if (call?.api) {
    if (call.api.name !== 'transformers.PreTrainedTokenizerBase.__call__') return false;
    const made = program.origin(node.callee);
    // Tokenizers written in Python tokenize one text after the other in either form.
    return made === undefined || !/use_fast\s*=\s*False/.test(program.text(made.node));
  }
  const isUnknown = program.values(node.callee).every(({ kind }) => kind === 'unknown');
  const name = node.callee.kind === 'name' || node.callee.kind === 'attribute' ? node.callee.name : '';
  return isUnknown && /tokenizer$/i.test(name) && node.args.some((argument) => argument.name === 'truncation');
}

function isListSafe(program: Program, { args }: CallExpression, example: string): boolean {
  if (args.some(({ spread }) => spread !== undefined)) return false;
  const texts = args.filter(({ name }) => name === undefined || name === 'text' || name === 'text_pair');
  if (texts.length === 0 || !texts.every(({ value }) => isColumn(value, example))) return false;
  return args.every(({ name, value }) => {
    if (name === undefined) return true;
    if (name === 'padding') return isFixedPadding(program, value);
    return SAME_FOR_LISTS.test(name);
  });
}

function isColumn(value: Expression, example: string): boolean {
  return (
    value.kind === 'subscript' &&
    value.object.kind === 'name' &&
    value.object.name === example &&
    value.indices.length === 1 &&
    value.indices[0]?.kind !== 'operation'
  );
}

function isFixedPadding(program: Program, value: Expression): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && (constant.value === 'max_length' || constant.value === false);
}
