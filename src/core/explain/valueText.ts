import type { Expression } from '../ir/expression.ts';
import type { Fact } from '../semantics/fact.ts';
import type { Program } from '../semantics/program.ts';
import type { Value } from '../semantics/value.ts';
import type { Span } from '../text/span.ts';

const LONGEST = 60;

/** A value as a person reads it: `"gpt2"`, `torch.float16`, `instance of torch.nn.Linear`. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'constant':
      return JSON.stringify(value.value);
    case 'symbol':
      return value.name;
    case 'instance':
      return `instance of ${value.type}`;
    case 'object':
      return `object of this file's class ${value.definition.name ?? '(anonymous)'}`;
    case 'function':
      return `this file's function ${value.definition.name ?? '(anonymous)'}`;
    case 'class':
      return `this file's class ${value.definition.name ?? '(anonymous)'}`;
    case 'collection':
      return `${value.node.kind} written here`;
    case 'module':
      return `module ${value.path}`;
    case 'externalFunction':
      return `function ${value.definition.name ?? '(anonymous)'} of ${value.path}`;
    case 'externalClass':
      return `class ${value.definition.name ?? '(anonymous)'} of ${value.path}`;
    case 'externalObject':
      return `object of class ${value.definition.name ?? '(anonymous)'} of ${value.path}`;
    case 'unknown':
      return 'unknown';
  }
}

export function valueTexts(values: readonly Value[]): readonly string[] {
  return [...new Set(values.map(valueText))];
}

export function scalarFactText(fact: Fact<string | number | boolean | null>): string {
  return fact.kind === 'known' ? JSON.stringify(fact.value) : fact.kind;
}

export function expressionFactText(program: Program, fact: Fact<Expression>): string {
  return fact.kind === 'known' ? codeText(program, fact.value) : fact.kind;
}

/** Source text on one line, cut where it is long. */
export function codeText(program: Program, span: Span): string {
  const text = program.text({ start: span.start, end: Math.min(span.end, span.start + 4 * LONGEST) });
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat;
}
