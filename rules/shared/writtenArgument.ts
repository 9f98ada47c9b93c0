import type { Expression, MappingExpression } from '../../src/core/ir/expression.ts';
import type { Fact } from '../../src/core/semantics/fact.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Where an argument is written: in the call, or in a mapping that a `**` of the call spreads. */
export interface WrittenArgument {
  readonly value: Expression;
  readonly mapping?: MappingExpression;
}

/**
 * Argument of a call by keyword, also where branches give the `**` mapping different contents
 * (`options = {"num_workers": 4} if cuda else {}`): then the one branch that has it counts. `unknown` where a spread cannot be read.
 */
export function writtenArgument(program: Program, call: Call, parameter: string): Fact<WrittenArgument> {
  const direct = call.argument(parameter);
  if (direct.kind === 'known') {
    const { value } = direct;
    const holder = program.parent(value);
    return { kind: 'known', value: holder?.kind === 'mapping' ? { value, mapping: holder } : { value } };
  }
  if (direct.kind === 'absent') return direct;
  const spreads = call.node.args.filter(({ spread }) => spread !== undefined);
  const found: WrittenArgument[] = [];
  for (const { value, spread } of spreads) {
    const values = spread === 'keyword' ? program.values(value) : [];
    if (values.length === 0 || isChanged(program, value)) return direct;
    for (const possible of values) {
      if (possible.kind !== 'collection' || possible.node.kind !== 'mapping') return direct;
      const mapping = possible.node;
      if (mapping.entries.some(({ isSpread, key }) => isSpread || key === undefined)) return direct;
      for (const entry of mapping.entries) if (entry.key === parameter) found.push({ value: entry.value, mapping });
    }
  }
  const [first] = found;
  return first ? { kind: 'known', value: first } : { kind: 'absent' };
}

/** `options["x"] = …`, `options.update(…)` anywhere in the file. */
function isChanged(program: Program, spread: Expression): boolean {
  if (spread.kind !== 'name') return false;
  const name = spread.name;
  return new RegExp(`\\b${name}\\s*(\\[[^\\]]*\\]\\s*=[^=]|\\.(update|setdefault)\\(|\\|=)`).test(program.module.text);
}
