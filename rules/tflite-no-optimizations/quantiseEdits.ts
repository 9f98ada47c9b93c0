import type { Edit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { indentationAt, isFirstOnLine, lineBreakOf, lineStart } from '../../src/core/text/layout.ts';
import { freeName } from '../shared/moduleScope.ts';

/**
 * Sets `optimizations` before the statement that converts, on what `convert()` is called on there: a name, an attribute, or the
 * converter that is made in place, which gets a name for it.
 */
export function quantiseEdits(program: Program, converter: Call, convert: Call): readonly Edit[] | undefined {
  const { receiver } = convert;
  const statement = program.statement(convert.node);
  const { text } = program.module;
  const tensorflow = tensorflowName(program, converter);
  if (!receiver || !statement || tensorflow === undefined || !isFirstOnLine(text, statement.start)) return undefined;
  const isMadeHere = receiver === converter.node;
  if (!isPath(receiver) && !(isMadeHere && isRunOnce(program, receiver))) return undefined;
  const indentation = indentationAt(text, statement.start);
  const name = isMadeHere ? freeName(program.module, 'converter') : program.text(receiver);
  const lines = [
    ...(isMadeHere ? [`${name} = ${program.text(receiver)}`] : []),
    `${name}.optimizations = [${tensorflow}.lite.Optimize.DEFAULT]`,
  ];
  const start = lineStart(text, statement.start);
  const inserted = lines.map((line) => indentation + line + lineBreakOf(text)).join('');
  return [
    { span: { start, end: start }, text: inserted },
    ...(isMadeHere ? [{ span: { start: receiver.start, end: receiver.end }, text: name }] : []),
  ];
}

/** `converter`, `self.converter`. */
function isPath(expression: Expression): boolean {
  return expression.kind === 'name' || (expression.kind === 'attribute' && isPath(expression.object));
}

/** The statement computes the expression exactly once, whatever else it does. */
function isRunOnce(program: Program, expression: Expression): boolean {
  const parent = program.parent(expression);
  switch (parent?.kind) {
    case 'call':
    case 'attribute':
      return isRunOnce(program, parent);
    case 'assign':
    case 'expression':
    case 'return':
      return true;
    default:
      return false;
  }
}

/** `tf` of `tf.lite.TFLiteConverter.from_keras_model`. */
function tensorflowName(program: Program, converter: Call): string | undefined {
  const [, name] = /^([\w.]+)\.lite\.TFLiteConverter\b/.exec(program.text(converter.node.callee)) ?? [];
  return name;
}
