import type { ClassDefinition, FunctionDefinition } from '../../../src/core/ir/definition.ts';
import type { CallExpression, Expression, MappingEntry, Target } from '../../../src/core/ir/expression.ts';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import type { Statement } from '../../../src/core/ir/statement.ts';
import { visitStatements } from './visitModule.ts';

/** What the front end says of a file, one line a fact: `kind start-end …`, sorted. Both sides use the same spelling. */
export function moduleFacts(module: SourceModule): readonly string[] {
  const facts: string[] = [];
  const text = (span: { readonly start: number; readonly end: number }): string =>
    module.text.slice(span.start, span.end);
  visitStatements(module.body, {
    statement: (statement) => facts.push(...statementFacts(statement)),
    function: (definition) => facts.push(...functionFacts(definition)),
    expression: (expression) => {
      if (expression.kind === 'call') facts.push(callFact(expression, text(expression.callee)));
      if (expression.kind === 'class') facts.push(...classFacts(expression.definition));
    },
  });
  return facts.sort();
}

function statementFacts(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'import':
      if (statement.names.length === 0) return [`import ${statement.module}`];
      return statement.names.map(
        ({ imported, local, start, end }) => `import ${start}-${end} ${imported} as ${local} from ${statement.module}`,
      );
    case 'export':
      return exportFacts(statement);
    case 'class':
      return classFacts(statement.definition);
    case 'assign':
      return statement.declaration === undefined || statement.declaration === 'field'
        ? []
        : statement.targets.flatMap(declared);
    case 'for':
      return statement.declaration === undefined || statement.target === undefined ? [] : declared(statement.target);
    case 'try':
      return statement.handlers.flatMap((handler) => (handler.target === undefined ? [] : declared(handler.target)));
    default:
      return [];
  }
}

function exportFacts(statement: Statement & { readonly kind: 'export' }): readonly string[] {
  const from = statement.module === undefined ? '' : ` from ${statement.module}`;
  const names = statement.names.map(({ exported, local }) => `export ${exported} = ${local}${from}`);
  return statement.value === undefined ? names : [...names, `export value ${statement.value.end}`];
}

function functionFacts(definition: FunctionDefinition): readonly string[] {
  const { name, nameSpan, form } = definition;
  const parameters = definition.parameters.flatMap((parameter) => declared(parameter.target));
  if (name === undefined || nameSpan === undefined) return parameters;
  const at = `${nameSpan.start}-${nameSpan.end} ${name}`;
  return form === 'method' ? [`method ${at}`, ...parameters] : [`name ${at}`, ...parameters];
}

function classFacts({ name, nameSpan }: ClassDefinition): readonly string[] {
  return name === undefined || nameSpan === undefined ? [] : [`name ${nameSpan.start}-${nameSpan.end} ${name}`];
}

function declared(target: Target): readonly string[] {
  switch (target.kind) {
    case 'name':
      return [`name ${target.start}-${target.end} ${target.name}`];
    case 'sequence':
      return target.elements.flatMap(declared);
    case 'mapping':
      return target.entries.flatMap((entry) => declared(entry.value));
    case 'assignment':
      return declared(target.target);
    case 'spread':
      return declared(target.value);
    default:
      return [];
  }
}

function callFact(call: CallExpression, callee: string): string {
  const args = call.args.map((argument) => (argument.spread === undefined ? shape(argument.value) : '...'));
  return `call ${call.start}-${call.end} ${call.isNew ? 'new ' : ''}${callee}(${args.join(', ')})`;
}

function shape(value: Expression): string {
  return value.kind === 'mapping' ? `{${value.entries.map(keyOf).join(' ')}}` : '_';
}

function keyOf(entry: MappingEntry): string {
  return entry.isSpread ? '...' : (entry.key ?? '[]');
}
