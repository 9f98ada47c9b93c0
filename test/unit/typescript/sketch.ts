import type { ClassDefinition, FunctionDefinition, Parameter } from '../../../src/core/ir/definition.ts';
import type { Argument, Expression, MappingEntry } from '../../../src/core/ir/expression.ts';
import type { Statement } from '../../../src/core/ir/statement.ts';

/** Statements in a short notation of their own, so that a test reads as source → model. */
export function sketch(statements: readonly Statement[]): string {
  return statements.map(sketchStatement).join('; ');
}

function sketchStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'expression':
      return sketchExpression(statement.expression);
    case 'assign':
      return sketchAssign(statement);
    case 'function':
      return sketchFunction(statement.definition);
    case 'class':
      return sketchClass(statement.definition);
    case 'import':
      return `import ${statement.names.map((name) => `${name.imported} as ${name.local}`).join(', ')} from ${statement.module}`;
    case 'export': {
      const names = statement.names.map(({ exported, local }) => `${exported}=${local}`).join(', ');
      const from = statement.module === undefined ? '' : ` from ${statement.module}`;
      return `export ${names}${statement.value === undefined ? '' : sketchExpression(statement.value)}${from}`;
    }
    case 'if':
      return `if ${sketchExpression(statement.test)} ${block(statement.consequent)} else ${block(statement.alternate)}`;
    case 'for':
      return sketchFor(statement);
    case 'while':
      return `${statement.isPostTest ? 'do-while' : 'while'} ${sketchExpression(statement.test)} ${block(statement.body)}`;
    case 'try': {
      const handlers = statement.handlers.map(
        ({ target, body }) => ` catch${target === undefined ? '' : ` ${sketchExpression(target)}`} ${block(body)}`,
      );
      return `try ${block(statement.body)}${handlers.join('')} finally ${block(statement.finalizer)}`;
    }
    case 'match': {
      const cases = statement.cases.map(
        ({ patterns, body }) => ` case ${patterns.map(sketchExpression).join(' | ')} ${block(body)}`,
      );
      return `match ${sketchExpression(statement.subject)}${cases.join('')}`;
    }
    case 'block':
      return block(statement.body);
    case 'return':
    case 'break':
    case 'continue':
    case 'raise':
      return statement.value === undefined ? statement.kind : `${statement.kind} ${sketchExpression(statement.value)}`;
    case 'opaque':
      return `opaque<${list(statement.children)}>`;
    case 'with':
    case 'scope':
      return statement.kind;
  }
}

function sketchAssign(statement: Statement & { readonly kind: 'assign' }): string {
  const keywords = [statement.isStatic === true ? 'static' : undefined, statement.declaration];
  const head = keywords.filter((keyword) => keyword !== undefined).map((keyword) => `${keyword} `);
  const type = statement.annotation === undefined ? '' : `: ${statement.annotation}`;
  const value = statement.value === undefined ? '' : ` ${statement.operator} ${sketchExpression(statement.value)}`;
  return `${head.join('')}${statement.targets.map(sketchExpression).join(' = ')}${type}${value}`;
}

function sketchFor(statement: Statement & { readonly kind: 'for' }): string {
  const { form, declaration, target, iterable, init, test, update } = statement;
  if (form === 'count') {
    return `for (${sketch(init ?? [])}; ${optional(test)}; ${optional(update)}) ${block(statement.body)}`;
  }
  const head = `${declaration === undefined ? '' : `${declaration} `}${optional(target)} ${form} ${optional(iterable)}`;
  return `for${statement.isAsync ? ' await' : ''} (${head}) ${block(statement.body)}`;
}

function sketchFunction(definition: FunctionDefinition): string {
  const flags = [
    ...definition.decorators.map((decorator) => `@${sketchExpression(decorator.expression)}`),
    ...(definition.isStatic ? ['static'] : []),
    ...(definition.isAsync ? ['async'] : []),
    definition.accessor ?? definition.form,
    definition.name ?? '',
  ];
  const type = definition.returnAnnotation === undefined ? '' : `: ${definition.returnAnnotation}`;
  const parameters = definition.parameters.map(sketchParameter).join(', ');
  return `${flags.join(' ').trim()}(${parameters})${type} ${block(definition.body)}`;
}

function sketchParameter(parameter: Parameter): string {
  const rest = parameter.rest === undefined ? '' : '...';
  const type = parameter.annotation === undefined ? '' : `: ${parameter.annotation}`;
  const value = parameter.defaultValue === undefined ? '' : ` = ${sketchExpression(parameter.defaultValue)}`;
  return `${rest}${sketchExpression(parameter.target)}${type}${value}`;
}

function sketchClass(definition: ClassDefinition): string {
  const decorators = definition.decorators.map((decorator) => `@${sketchExpression(decorator.expression)} `);
  const bases = definition.bases.length === 0 ? '' : `(${list(definition.bases)})`;
  return `${decorators.join('')}class ${definition.name ?? ''}${bases} ${block(definition.body)}`;
}

export function sketchExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
      return `${sketchExpression(expression.object)}.${expression.name}`;
    case 'subscript':
      return `${sketchExpression(expression.object)}[${list(expression.indices)}]`;
    case 'call':
      return `${expression.isNew ? 'new ' : ''}${sketchExpression(expression.callee)}(${expression.args.map(sketchArgument).join(', ')})`;
    case 'literal':
      return JSON.stringify(expression.value);
    case 'template': {
      const parts = expression.parts.map((part) =>
        typeof part === 'string' ? JSON.stringify(part) : sketchExpression(part),
      );
      return `template<${parts.join(', ')}>`;
    }
    case 'sequence':
      return `[${list(expression.elements)}]`;
    case 'mapping':
      return `{${expression.entries.map(sketchEntry).join(', ')}}`;
    case 'conditional':
      return `(${sketchExpression(expression.test)} ? ${sketchExpression(expression.consequent)} : ${sketchExpression(expression.alternate)})`;
    case 'logical':
      return `(${sketchExpression(expression.left)} ${expression.operator} ${sketchExpression(expression.right)})`;
    case 'operation':
      return `(${expression.operator} ${expression.operands.map(sketchExpression).join(' ')})`;
    case 'await':
      return `await ${sketchExpression(expression.value)}`;
    case 'yield':
      return expression.value === undefined ? 'yield' : `yield ${sketchExpression(expression.value)}`;
    case 'function':
      return sketchFunction(expression.definition);
    case 'class':
      return sketchClass(expression.definition);
    case 'assignment':
      return `(${sketchExpression(expression.target)} ${expression.operator} ${sketchExpression(expression.value)})`;
    case 'spread':
      return `...${sketchExpression(expression.value)}`;
    case 'opaque':
      return `opaque<${list(expression.children)}>`;
    case 'comprehension':
      return 'comprehension';
  }
}

function sketchArgument(argument: Argument): string {
  return `${argument.spread === undefined ? '' : '...'}${sketchExpression(argument.value)}`;
}

/** `"key": value`; a key without a static value is `[key]: value`. */
function sketchEntry(entry: MappingEntry): string {
  if (entry.isSpread) return `...${sketchExpression(entry.value)}`;
  const key = entry.key ?? (entry.keyExpression === undefined ? '' : `[${sketchExpression(entry.keyExpression)}]`);
  return `${key}: ${sketchExpression(entry.value)}`;
}

function block(statements: readonly Statement[]): string {
  return statements.length === 0 ? '{}' : `{ ${sketch(statements)} }`;
}

function list(expressions: readonly Expression[]): string {
  return expressions.map(sketchExpression).join(', ');
}

function optional(expression: Expression | undefined): string {
  return expression === undefined ? '' : sketchExpression(expression);
}
