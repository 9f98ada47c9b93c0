import type { Fix } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { indentationAt, isFirstOnLine, lineBreakOf } from '../../src/core/text/layout.ts';
import { contains } from '../../src/core/text/span.ts';
import { freeName } from '../shared/moduleScope.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';

/** Puts the one chain that holds all leaked tensors into `tf.tidy`, where it is synchronous and its end reads the values. */
export function tidyFix(tensors: readonly Call[], program: Program): readonly Fix[] {
  const tf = tensorFlowImport(program)?.namespace;
  const [first] = tensors;
  const read = first && readAround(first.node, program);
  if (tf === undefined || !read || !tensors.every(({ node }) => contains(read.tensor, node))) return [];
  if (waits(read.tensor)) return [];
  const source = program.text(read.tensor);
  const fix = {
    title: 'Dispose the tensors with tf.tidy()',
    safety: 'suggestion' as const,
    reason: 'Everything that is made inside and not returned is disposed, so nothing in it may be kept elsewhere.',
  };
  if (read.isSync) {
    const { start, end } = read.call;
    const edits = [{ span: { start, end }, text: `${tf}.tidy(() => ${program.text(read.call)})` }];
    return [{ ...fix, edits }];
  }
  const { module } = program;
  const statement = program.statement(read.call);
  const awaited = program.parent(read.call);
  const isWhole = statement?.kind === 'assign' && statement.value === awaited && awaited?.kind === 'await';
  if (!isWhole || !isFirstOnLine(module.text, statement.start) || !standsInBlock(module.text, statement.start))
    return [];
  const output = freeName(module, 'output');
  const newLine = lineBreakOf(module.text) + indentationAt(module.text, statement.start);
  const hasSemicolon = module.text[statement.end - 1] === ';' || module.text[statement.end] === ';';
  const end = hasSemicolon ? ';' : '';
  const after = module.text[statement.end] === ';' ? statement.end + 1 : statement.end;
  return [
    {
      ...fix,
      edits: [
        {
          span: { start: statement.start, end: statement.start },
          text: `const ${output} = ${tf}.tidy(() => ${source})${end}${newLine}`,
        },
        { span: { start: read.tensor.start, end: read.tensor.end }, text: output },
        { span: { start: after, end: after }, text: `${newLine}${output}.dispose()${end}` },
      ],
    },
  ];
}

/** Three statements may stand where one did: after another one or an opening brace, not behind `if (…)`, `else` or `do`. */
function standsInBlock(text: string, start: number): boolean {
  const before = text
    .slice(0, start)
    .replace(/(\/\/[^\n]*|\/\*[\s\S]*?\*\/)\s*$/, '')
    .trimEnd();
  return before === '' || /[;{}]$/.test(before);
}

interface Read {
  readonly call: Expression;
  /** Receiver of the read. */
  readonly tensor: Expression;
  readonly isSync: boolean;
}

/** The `dataSync()` or `data()` that ends the chain which an expression is part of. */
function readAround(start: Expression, program: Program): Read | undefined {
  for (let node = program.parent(start); node !== undefined; node = parentExpression(node, program)) {
    if (node.kind !== 'call' || node.callee.kind !== 'attribute') continue;
    const { name, object } = node.callee;
    if (!contains(object, start)) continue;
    if (name === 'dataSync' || name === 'arraySync') return { call: node, tensor: object, isSync: true };
    if (name === 'data' || name === 'array') return { call: node, tensor: object, isSync: false };
  }
  return undefined;
}

function parentExpression(
  node: NonNullable<ReturnType<Program['parent']>>,
  program: Program,
): ReturnType<Program['parent']> {
  switch (node.kind) {
    case 'call':
    case 'attribute':
    case 'sequence':
      return program.parent(node);
    default:
      return undefined;
  }
}

function waits(expression: Expression): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: expression }])) if (node.kind === 'await') return true;
  return false;
}
