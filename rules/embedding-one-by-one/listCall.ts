import type { Edit } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { textWith } from '../shared/textWith.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';

/** How an API embeds a list, in source text. */
export interface ListCall {
  /** Expression of the list of vectors for an expression of the list of items. */
  vectors(list: string): string;
  /** The same where any iterable will do. */
  spread?(list: string): string;
  /** The call itself with a list, for the APIs whose lists are bounded. */
  response?(list: string): string;
  /** Imports that the new call needs. */
  readonly edits: readonly Edit[];
  /** Most items a call takes, where the API does not split the list itself. */
  readonly limit?: number;
  readonly isSafe: boolean;
  readonly reason: string;
}

/** The list form of a call, for the APIs and the reads of the result whose list form is known exactly. */
export function listCall(
  found: ItemwiseEmbedding,
  suffix: string,
  names: NameIndex,
  program: Program,
): ListCall | undefined {
  const name = found.call.api?.name ?? '';
  const isPython = program.module.language === 'python';
  if (name === 'openai.OpenAI.embeddings.create' && suffix === '.data[0].embedding')
    return openAi(found, isPython, program);
  if (name === 'ai.embed' && suffix === '.embedding') return aiSdk(found, names, program);
  if (/Embeddings\.(embedQuery|embed_query)$/.test(name) && suffix === '') return langChain(found, isPython, program);
  if (/^sentence_transformers\.SentenceTransformer\.encode/.test(name) && suffix === '')
    return sentenceTransformers(found, program);
  return undefined;
}

function openAi({ call, argument }: ItemwiseEmbedding, isPython: boolean, program: Program): ListCall {
  const response = (list: string): string => textWith(program, call.node, [{ span: argument, text: list }]);
  return {
    response,
    ...(isPython ? { spread: (list) => `item.embedding for item in ${response(list)}.data` } : {}),
    vectors(list) {
      const text = response(list);
      return isPython
        ? `[item.embedding for item in ${text}.data]`
        : `(await ${text}).data.map((item) => item.embedding)`;
    },
    edits: [],
    limit: 2048,
    isSafe: false,
    reason: 'A request takes at most 2,048 texts and 300,000 tokens, and one bad text fails its whole request.',
  };
}

function aiSdk({ call }: ItemwiseEmbedding, names: NameIndex, program: Program): ListCall | undefined {
  const options = call.node.args[0]?.value;
  const value = options?.kind === 'mapping' ? options.entries.find(({ key }) => key === 'value') : undefined;
  const { callee } = call.node;
  const many = importEdit(program.module, { module: 'ai', name: 'embedMany', at: call.node.start });
  if (!value || !many || callee.kind !== 'name') return undefined;
  return {
    vectors(list) {
      const edits = [
        { span: callee, text: many.local },
        { span: { start: value.start, end: value.end }, text: list === 'values' ? 'values' : `values: ${list}` },
      ];
      return `(await ${textWith(program, call.node, edits)}).embeddings`;
    },
    edits: many.edits.length === 0 ? [] : (renamedImport(callee, names, program) ?? many.edits),
    isSafe: false,
    reason: 'One request takes many texts then: providers bound its tokens, and one bad text fails all of its texts.',
  };
}

/** `import { embed }` becomes `import { embedMany }` where the call is its only use. */
function renamedImport(
  callee: Expression & { readonly kind: 'name' },
  names: NameIndex,
  { module }: Program,
): readonly Edit[] | undefined {
  const others = names.variable(callee.name, callee).filter(({ start }) => start !== callee.start);
  const [only] = others;
  const isPlain = only?.kind === 'bind' && module.text.slice(only.start, only.end) === 'embed';
  return isPlain && others.length === 1
    ? [{ span: { start: only.start, end: only.end }, text: 'embedMany' }]
    : undefined;
}

function langChain(
  { call, argument, batch }: ItemwiseEmbedding,
  isPython: boolean,
  program: Program,
): ListCall | undefined {
  const { callee } = call.node;
  if (callee.kind !== 'attribute' || batch.via === undefined || call.node.args.length !== 1) return undefined;
  const { via } = batch;
  const receiver = program.values(callee.object);
  const isOpenAi = receiver.every((value) => value.kind === 'instance' && /OpenAIEmbeddings$/.test(value.type));
  // The list method calls its parameter otherwise: a keyword goes.
  const [given] = call.node.args;
  const span = given ? { start: given.start, end: given.end } : argument;
  return {
    vectors(list) {
      const text = textWith(program, call.node, [
        { span: callee.nameSpan, text: via },
        { span, text: list },
      ]);
      return isPython ? text : `await ${text}`;
    },
    edits: [],
    isSafe: false,
    reason: isOpenAi
      ? 'One request takes many texts then: providers bound its tokens, and one bad text fails all of its texts.'
      : 'Some providers embed documents and queries differently: the stored vectors may change.',
  };
}

/**
 * Options of `encode()` that mean the same for each text of a list as for one text. Not `precision`, whose ranges are those of the texts of
 * the call, and not `convert_to_tensor`, which fails for an empty list before sentence-transformers 2.3.
 */
const PER_TEXT =
  /^(sentences|inputs|prompt|prompt_name|batch_size|show_progress_bar|convert_to_numpy|normalize_embeddings|truncate_dim|device)$/;

function sentenceTransformers({ call, argument }: ItemwiseEmbedding, program: Program): ListCall {
  const isPerText = call.node.args.every(
    ({ name, value, spread }) =>
      value.start === argument.start || (spread === undefined && name !== undefined && PER_TEXT.test(name)),
  );
  const encoded = (list: string): string => textWith(program, call.node, [{ span: argument, text: list }]);
  return {
    vectors: (list) => `list(${encoded(list)})`,
    spread: encoded,
    edits: [],
    isSafe: isPerText,
    reason: isPerText ? '' : 'An option of the call is then worked out for the whole list, not for one text.',
  };
}
