import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { indentationAt, indentationUnit, lineBreakOf } from '../../src/core/text/layout.ts';
import { type CollectingLoop, collectingLoop } from './collectingLoop.ts';
import { canCollect, isPlainCollect } from './collectSafety.ts';
import { itemList } from './itemList.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';
import { type ListCall, listCall } from './listCall.ts';
import { type ListProof, listProof } from './listProof.ts';

const HOSTED_BATCH = 256;

/** Rewrites a loop that does nothing but collect vectors into calls with lists; `undefined` for any other loop. */
export function collectFix(found: ItemwiseEmbedding, names: NameIndex, program: Program): Fix | undefined {
  if (found.site !== found.call) return undefined;
  const loop = collectingLoop(found, program);
  if (!loop || !canCollect(found, loop, names, program)) return undefined;
  const api = listCall(found, loop.suffix, names, program);
  if (!api) return undefined;
  const proof = listProof(program, loop.iterable, names);
  const inLists = api.limit !== undefined && loop.output !== undefined;
  const text = inLists ? chunkLoop(loop, api, found, proof, program) : oneCall(loop, api, found, proof, program);
  if (text === undefined) return undefined;
  const edits: readonly Edit[] = [...api.edits, { span: { start: loop.span.start, end: loop.span.end }, text }];
  const title = inLists ? 'Pass the items in lists' : 'Pass all items in one call';
  if (api.isSafe && proof === 'strings' && isPlainCollect(found, loop, program))
    return { title, safety: 'safe', edits };
  const reason =
    api.reason === ''
      ? 'All items are read before the first is embedded, and each of them must be one text.'
      : api.reason;
  return { title, safety: 'suggestion', reason, edits };
}

function oneCall(
  loop: CollectingLoop,
  api: ListCall,
  found: ItemwiseEmbedding,
  proof: ListProof,
  program: Program,
): string | undefined {
  const list = itemList(loop, found.item, proof, program);
  if (list === undefined) return undefined;
  if (loop.output === undefined) return api.vectors(list);
  return program.module.language === 'python'
    ? `${loop.output.name}.extend(${api.spread?.(list) ?? api.vectors(list)})`
    : `${loop.output.name}.push(...${spreadable(api.vectors(list))})${loop.end}`;
}

/** At most 256 items a call: providers bound the items and the tokens of a request. */
function chunkLoop(
  loop: CollectingLoop,
  api: ListCall,
  found: ItemwiseEmbedding,
  proof: ListProof,
  program: Program,
): string | undefined {
  const { text, language } = program.module;
  const list = itemList(loop, found.item, proof, program);
  if (list === undefined || loop.output === undefined || api.response === undefined) return undefined;
  const isPython = language === 'python';
  const start = unusedName(text, ['start', 'first', 'offset']);
  const response = unusedName(text.slice(0, loop.span.start) + list + text.slice(loop.span.end), RESPONSES);
  const br = lineBreakOf(text) + indentationAt(text, loop.span.start);
  const inside = br + indentationUnit(text, loop.span.start);
  const isNamed = /^\w+$/.test(list);
  if (!isNamed && !isPython && !followsStatement(text, loop.span.start)) return undefined;
  const source = isNamed ? list : unusedName(text, ['items', 'embeddingItems']);
  const output = loop.output.name;
  if (isPython) {
    const items = isNamed ? '' : `${source} = ${list}${br}`;
    const call = api.response(`${source}[${start} : ${start} + ${HOSTED_BATCH}]`);
    const head = `for ${start} in range(0, len(${source}), ${HOSTED_BATCH}):`;
    return `${items}${head}${inside}${response} = ${call}${inside}${output}.extend(item.embedding for item in ${response}.data)`;
  }
  const items = isNamed ? '' : `const ${source} = ${list}${loop.end}${br}`;
  const call = api.response(`${source}.slice(${start}, ${start} + ${HOSTED_BATCH})`);
  const head = `for (let ${start} = 0; ${start} < ${source}.length; ${start} += ${HOSTED_BATCH}) {`;
  const push = `${output}.push(...${response}.data.map((item) => item.embedding))${loop.end}`;
  return `${items}${head}${inside}const ${response} = await ${call}${loop.end}${inside}${push}${br}}`;
}

const RESPONSES = ['response', 'batchResponse', 'embeddingResponse'];

/** Name that the code around does not use. */
function unusedName(around: string, names: readonly string[]): string {
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(around)) ?? `${names.at(-1)}OfBatch`;
}

/** A second statement may stand here: the loop is not the body of an `if` without braces. */
function followsStatement(text: string, start: number): boolean {
  return /[{};\]]\s*$/.test(text.slice(Math.max(0, start - 200), start));
}

function spreadable(vectors: string): string {
  return vectors.startsWith('await ') ? `(${vectors})` : vectors;
}
