import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { indentationAt, indentationUnit, lineBreakOf } from '../../src/core/text/layout.ts';
import { type CollectingLoop, collectingLoop } from './collectingLoop.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';
import { type ListCall, listCall } from './listCall.ts';

const HOSTED_BATCH = 256;

/** Rewrites a loop that does nothing but collect vectors into calls with lists; `undefined` for any other loop. */
export function collectFix(found: ItemwiseEmbedding, program: Program): Fix | undefined {
  if (found.site !== found.call) return undefined;
  const loop = collectingLoop(found, program);
  const api = loop && listCall(found, loop.suffix, program);
  if (!loop || !api) return undefined;
  const needsChunks = api.limit !== undefined;
  const text =
    needsChunks && loop.output !== undefined
      ? chunkLoop(loop, api, found, program)
      : oneCall(loop, api, found, program);
  if (text === undefined) return undefined;
  const edits: readonly Edit[] = [...api.edits, { span: { start: loop.span.start, end: loop.span.end }, text }];
  if (api.isSafe) return { title: 'Pass all items in one call', safety: 'safe', edits };
  return {
    title: needsChunks && loop.output !== undefined ? 'Pass the items in lists' : 'Pass all items in one call',
    safety: 'suggestion',
    reason: api.reason,
    edits,
  };
}

function oneCall(loop: CollectingLoop, api: ListCall, found: ItemwiseEmbedding, program: Program): string | undefined {
  const list = itemList(loop, found.item, program.text(loop.iterable), program);
  const vectors = list === undefined ? undefined : api.vectors(list);
  if (vectors === undefined || loop.output === undefined) return vectors;
  return program.module.language === 'python'
    ? `${loop.output}.extend(${unwrapList(vectors)})`
    : `${loop.output}.push(...${spreadable(vectors)})${loop.end}`;
}

/** At most 256 items a call: providers bound the items and the tokens of a request. */
function chunkLoop(
  loop: CollectingLoop,
  api: ListCall,
  found: ItemwiseEmbedding,
  program: Program,
): string | undefined {
  if (loop.iterable.kind !== 'name' || api.response === undefined) return undefined;
  const { text, language } = program.module;
  const source = loop.iterable.name;
  const isPython = language === 'python';
  const end = `start + ${HOSTED_BATCH}`;
  const list = itemList(
    loop,
    found.item,
    isPython ? `${source}[start:${end}]` : `${source}.slice(start, ${end})`,
    program,
  );
  if (list === undefined) return undefined;
  const br = lineBreakOf(text) + indentationAt(text, loop.span.start);
  const inside = br + indentationUnit(text, loop.span.start);
  const response = unusedName(text.slice(0, loop.span.start) + list + text.slice(loop.span.end));
  const call = api.response(list);
  if (isPython) {
    const head = `for start in range(0, len(${source}), ${HOSTED_BATCH}):`;
    return `${head}${inside}${response} = ${call}${inside}${loop.output}.extend(item.embedding for item in ${response}.data)`;
  }
  const head = `for (let start = 0; start < ${source}.length; start += ${HOSTED_BATCH}) {`;
  const push = `${loop.output}.push(...${response}.data.map((item) => item.embedding))${loop.end}`;
  return `${head}${inside}const ${response} = await ${call}${loop.end}${inside}${push}${br}}`;
}

/** Name for the response that the code around the loop does not use. */
function unusedName(around: string): string {
  const names = ['response', 'batchResponse', 'embeddingResponse'];
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(around)) ?? 'embeddedBatch';
}

/** `texts`, `[d.text for d in docs]`, `docs.map((d) => d.text)`. */
function itemList(loop: CollectingLoop, item: Expression, source: string, program: Program): string | undefined {
  const target = program.text(loop.target);
  const text = program.text(item);
  if (/[\r\n]/.test(text)) return undefined;
  if (text === target) return source;
  if (program.module.language === 'python') return `[${text} for ${target} in ${source}]`;
  if (/\bawait\b/.test(text)) return undefined;
  const parameter = loop.target.kind === 'name' ? target : `(${target})`;
  return `${source}.map((${loop.target.kind === 'name' ? target : parameter.slice(1, -1)}) => ${item.kind === 'mapping' ? `(${text})` : text})`;
}

/** A generator inside `extend(…)` needs no list of its own. */
function unwrapList(vectors: string): string {
  return /^\[item\.embedding for item in .*\]$/s.test(vectors) ? vectors.slice(1, -1) : vectors;
}

function spreadable(vectors: string): string {
  return vectors.startsWith('await ') ? `(${vectors})` : vectors;
}
