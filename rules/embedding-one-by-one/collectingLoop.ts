import { loopBody } from '../../src/core/fixes/hoistStatement.ts';
import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { ForStatement, Statement } from '../../src/core/ir/statement.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';

/** A loop that does nothing but put one vector per item into a list. */
export interface CollectingLoop {
  /** What the fix replaces. */
  readonly span: Span;
  readonly target: Expression;
  readonly iterable: Expression;
  /** What is read from the result: ``, `.embedding`, `.data[0].embedding`. */
  readonly suffix: string;
  /** List that a statement loop appends to; absent where the loop is itself the list. */
  readonly output?: Expression & { readonly kind: 'name' };
  /** What the loop binds beside its target: the variable between the call and the list. */
  readonly between?: Expression;
  /** `;` where the source ends statements with it. */
  readonly end: string;
}

export function collectingLoop(found: ItemwiseEmbedding, program: Program): CollectingLoop | undefined {
  const { loop } = found;
  if (loop?.form === 'comprehension') return comprehension(found, loop, program);
  if (loop?.form === 'callback') return promiseAll(found, program);
  return loop?.form === 'for' ? forLoop(found, loop, program) : undefined;
}

/** `[client.embeddings.create(…).data[0].embedding for t in texts]`. */
function comprehension({ call }: ItemwiseEmbedding, loop: Loop, program: Program): CollectingLoop | undefined {
  const parent = outermostRead(call.node, program);
  const list = program.parent(parent.expression);
  if (list?.kind !== 'comprehension' || list.form !== 'list' || list.clauses.length !== 1) return undefined;
  const [clause] = list.clauses;
  if (!clause || clause.conditions.length > 0 || list.element !== parent.expression || !loop.target || !loop.iterable)
    return undefined;
  if (/\basync\b/.test(program.text({ start: list.element.end, end: clause.target.start }))) return undefined;
  return { span: list, target: clause.target, iterable: clause.iterable, suffix: parent.suffix, end: '' };
}

/** `await Promise.all(texts.map((t) => embed({ model, value: t })))`, with or without `async` and a block. */
function promiseAll({ call }: ItemwiseEmbedding, program: Program): CollectingLoop | undefined {
  const { functions, statements } = enclosing(program.module, call.node);
  const callback = functions.at(-1);
  const [parameter] = callback?.parameters ?? [];
  if (callback?.parameters.length !== 1 || !parameter || parameter.defaultValue || parameter.annotation)
    return undefined;
  const suffix = returnedSuffix(call.node, callback.body, program);
  const map = program.calls.find(({ node }) =>
    node.args.some(({ value }) => value.kind === 'function' && value.definition === callback),
  );
  const all = map && program.parent(map.node);
  if (suffix === undefined || map?.node.callee.kind !== 'attribute' || map.node.callee.name !== 'map') return undefined;
  if (all?.kind !== 'call' || program.text(all.callee) !== 'Promise.all') return undefined;
  const awaited = program.parent(all);
  if (awaited?.kind !== 'await' || statements.length === 0) return undefined;
  return { span: awaited, target: parameter.target, iterable: map.node.callee.object, suffix, end: '' };
}

/** `return await call`, `return (await call).embedding`, `const { embedding } = await call; return embedding`. */
function returnedSuffix(call: CallExpression, body: readonly Statement[], program: Program): string | undefined {
  const last = body.at(-1);
  if (last?.kind !== 'return' || !last.value) return undefined;
  const read = outermostRead(call, program);
  if (body.length === 1) return last.value === read.expression ? read.suffix : undefined;
  const [first] = body;
  if (body.length !== 2 || first?.kind !== 'assign' || first.value !== read.expression) return undefined;
  return suffixThrough(first.targets[0], last.value, read.suffix, program);
}

/** `for t in texts: vectors.append(…)`, `for (const t of texts) vectors.push(…)`, with or without a variable between. */
function forLoop({ call }: ItemwiseEmbedding, loop: Loop, program: Program): CollectingLoop | undefined {
  const statement = enclosing(program.module, call.node).statements.find(
    (candidate): candidate is ForStatement =>
      candidate.kind === 'for' && candidate.start === loop.start && candidate.end === loop.end,
  );
  if (statement?.form !== 'each' || !statement.target || !statement.iterable || statement.orElse.length > 0)
    return undefined;
  if (statement.isAsync) return undefined;
  const body = loopBody(statement);
  const last = body.at(-1);
  if (last?.kind !== 'expression' || last.expression.kind !== 'call') return undefined;
  const { callee, args } = last.expression;
  const [vector] = args;
  if (
    callee.kind !== 'attribute' ||
    (callee.name !== 'append' && callee.name !== 'push') ||
    args.length !== 1 ||
    !vector
  )
    return undefined;
  const suffix = appendedSuffix(call.node, body, vector.value, program);
  if (suffix === undefined || callee.object.kind !== 'name') return undefined;
  const end = program.module.language !== 'python' && /;\s*$/.test(program.text(last)) ? ';' : '';
  return {
    span: statement,
    target: statement.target,
    iterable: statement.iterable,
    suffix,
    output: callee.object,
    ...(body[0]?.kind === 'assign' && body[0].targets[0] ? { between: body[0].targets[0] } : {}),
    end,
  };
}

function appendedSuffix(
  call: CallExpression,
  body: readonly Statement[],
  vector: Expression,
  program: Program,
): string | undefined {
  const read = outermostRead(call, program);
  if (body.length === 1) return vector === read.expression ? read.suffix : undefined;
  const [first] = body;
  if (body.length !== 2 || first?.kind !== 'assign' || first.value !== read.expression || first.targets.length !== 1)
    return undefined;
  return suffixThrough(first.targets[0], vector, read.suffix, program);
}

/** What is read of a result that went through a variable or a pattern. */
function suffixThrough(
  target: Expression | undefined,
  value: Expression,
  suffix: string,
  program: Program,
): string | undefined {
  const text = program.text(value).replace(/\s/g, '');
  if (target?.kind === 'name')
    return text === target.name || (/^[.[]/.test(text.slice(target.name.length)) && text.startsWith(target.name))
      ? suffix + text.slice(target.name.length)
      : undefined;
  if (target?.kind !== 'mapping' || target.entries.length !== 1) return undefined;
  const [entry] = target.entries;
  if (!entry?.key || entry.value.kind !== 'name' || !text.startsWith(entry.value.name)) return undefined;
  return `${suffix}.${entry.key}${text.slice(entry.value.name.length)}`;
}

/** Attribute and index reads, and `await`, directly around the call. */
function outermostRead(call: CallExpression, program: Program): { expression: Expression; suffix: string } {
  let expression: Expression = call;
  let suffix = '';
  for (;;) {
    const parent = program.parent(expression);
    if (parent?.kind === 'await') expression = parent;
    else if (parent?.kind === 'attribute' && parent.object === expression) {
      suffix += `.${parent.name}`;
      expression = parent;
    } else if (parent?.kind === 'subscript' && parent.object === expression && parent.indices.length === 1) {
      const [index] = parent.indices;
      suffix += `[${index ? program.text(index) : ''}]`;
      expression = parent;
    } else return { expression, suffix };
  }
}
