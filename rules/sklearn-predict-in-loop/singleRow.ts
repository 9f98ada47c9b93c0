import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { readNames } from '../shared/expressionNames.ts';
import { assignedInLoop } from '../shared/singleItem.ts';

/** Makes one row two-dimensional. */
const RESHAPES =
  /\.reshape\(\s*\(?\s*1\s*,\s*-1|expand_dims\(|\[\s*(np|numpy)\.newaxis|\[None\s*,|\.to_frame\(\)\.T|atleast_2d\(/;
/** `X.iloc[[i]]`, `X.iloc[i:i + 1]`, `X[i:i+1]`. */
const CUTS = /\[\s*\[\s*(\w+)\s*\](\s*,[^\]]*)?\]|\[\s*(\w+)\s*:\s*(\3\s*\+\s*1|1\s*\+\s*\3)\s*(,[^\]]*)?\]/;

/** True when the rows handed to an estimator are one row, which the loop's element gives. */
export function isSingleRow(program: Program, rows: Expression, loop: Loop): boolean {
  const written = assignedInLoop(rows, loop, program) ?? rows;
  const text = program.text(written);
  const names = loop.target ? readNames(loop.target) : [];
  if (RESHAPES.test(text) || CUTS.test(text)) return names.some((name) => mentions(program, written, name, loop));
  if (written.kind !== 'sequence' || written.form !== 'list' || written.elements.length !== 1) return false;
  const [element] = written.elements;
  return (
    element !== undefined && element.kind !== 'spread' && names.some((name) => mentions(program, element, name, loop))
  );
}

/** The expression reads the name, directly or through what the loop assigns. */
function mentions(program: Program, expression: Expression, name: string, loop: Loop): boolean {
  const reads = readNames(expression);
  return reads.includes(name) || program.dependsOn(expression, loop);
}
