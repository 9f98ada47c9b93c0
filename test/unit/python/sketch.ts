import type { FunctionDefinition, Parameter } from '../../../src/core/ir/definition.ts';
import type { Argument, Expression } from '../../../src/core/ir/expression.ts';
import type { Statement } from '../../../src/core/ir/statement.ts';

/** The program model as short text, one line per statement, so that a test shows what it expects. */
export function sketch(body: readonly Statement[]): string {
  return body.map(statement).join('; ');
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'expression':
      return sketchExpression(node.expression);
    case 'assign': {
      const annotation = node.annotation === undefined ? '' : `: ${node.annotation}`;
      const value = node.value === undefined ? '' : ` ${node.operator} ${sketchExpression(node.value)}`;
      return `${node.targets.map(sketchExpression).join(' = ')}${annotation}${value}`;
    }
    case 'function':
      return `${node.definition.decorators.map(({ expression }) => `@${sketchExpression(expression)} `).join('')}${definition(node.definition)}`;
    case 'class': {
      const { decorators, name, bases, keywords, body } = node.definition;
      const head = [...bases.map(sketchExpression), ...keywords.map(argument)].join(', ');
      return `${decorators.map(({ expression }) => `@${sketchExpression(expression)} `).join('')}class ${name}(${head}) ${block(body)}`;
    }
    case 'import': {
      const names = node.names.map(({ imported, local }) => `${imported ?? '.'}>${local ?? '-'}`).join(',');
      return `${node.isFrom ? 'from' : 'import'} ${'.'.repeat(node.level)}${node.module} ${names}`;
    }
    case 'export':
      return 'export';
    case 'return':
      return `return${optional(node.value)}`;
    case 'if':
      return `if ${sketchExpression(node.test)} ${block(node.consequent)}${elseBlock(node.alternate)}`;
    case 'for':
      return `${node.isAsync ? 'async ' : ''}for ${node.target && sketchExpression(node.target)} in ${node.iterable && sketchExpression(node.iterable)} ${block(node.body)}${elseBlock(node.orElse)}`;
    case 'while':
      return `while ${sketchExpression(node.test)} ${block(node.body)}${elseBlock(node.orElse)}`;
    case 'with': {
      const items = node.items.map(
        ({ context, target }) => sketchExpression(context) + (target ? ` as ${sketchExpression(target)}` : ''),
      );
      return `with ${items.join(', ')} ${block(node.body)}`;
    }
    case 'try': {
      const handlers = node.handlers.map(
        ({ type, target, body }) =>
          ` except${optional(type)}${target ? ` as ${sketchExpression(target)}` : ''} ${block(body)}`,
      );
      const last = node.finalizer.length > 0 ? ` finally ${block(node.finalizer)}` : '';
      return `try ${block(node.body)}${handlers.join('')}${elseBlock(node.orElse)}${last}`;
    }
    case 'match': {
      const cases = node.cases.map(
        ({ patterns, guard, body }) =>
          `case ${patterns.map(sketchExpression).join(' | ')}${guard ? ` if ${sketchExpression(guard)}` : ''} ${block(body)}`,
      );
      return `match ${sketchExpression(node.subject)} {${cases.join(' ')}}`;
    }
    case 'block':
      return block(node.body);
    case 'break':
    case 'continue':
      return `${node.kind}${optional(node.value)}`;
    case 'raise':
      return `raise${optional(node.value)}${node.cause ? ` from${optional(node.cause)}` : ''}`;
    case 'scope':
      return `${node.declares} ${node.names.join(', ')}`;
    case 'opaque':
      return `?[${node.children.map(sketchExpression).join(', ')}]`;
  }
}

export function sketchExpression(node: Expression): string {
  const all = (nodes: readonly Expression[]): string => nodes.map(sketchExpression).join(', ');
  switch (node.kind) {
    case 'name':
      return node.name;
    case 'attribute':
      return `${sketchExpression(node.object)}.${node.name}`;
    case 'subscript':
      return `${sketchExpression(node.object)}[${all(node.indices)}]`;
    case 'call':
      return `${sketchExpression(node.callee)}(${node.args.map(argument).join(', ')})`;
    case 'literal':
      return JSON.stringify(node.value);
    case 'template':
      return `f(${node.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part) : sketchExpression(part))).join(' ')})`;
    case 'sequence':
      return `${node.form}<${all(node.elements)}>`;
    case 'mapping': {
      const entries = node.entries.map(({ key, keyExpression, value, isSpread }) => {
        const name = key ?? (keyExpression && sketchExpression(keyExpression));
        return isSpread ? `**${sketchExpression(value)}` : `${name}: ${sketchExpression(value)}`;
      });
      return `{${entries.join(', ')}}`;
    }
    case 'conditional':
      return `(${sketchExpression(node.test)} ? ${sketchExpression(node.consequent)} : ${sketchExpression(node.alternate)})`;
    case 'logical':
      return `(${sketchExpression(node.left)} ${node.operator} ${sketchExpression(node.right)})`;
    case 'operation':
      return `(${[node.operator, ...node.operands.map(sketchExpression)].join(' ')})`;
    case 'await':
      return `await ${sketchExpression(node.value)}`;
    case 'yield':
      return `yield${optional(node.value)}`;
    case 'function':
      return definition(node.definition);
    case 'class':
      return 'class';
    case 'assignment':
      return `(${sketchExpression(node.target)} ${node.operator} ${sketchExpression(node.value)})`;
    case 'comprehension': {
      const clauses = node.clauses.map(
        ({ target, iterable, conditions }) =>
          ` for ${sketchExpression(target)} in ${sketchExpression(iterable)}${conditions.map((test) => ` if ${sketchExpression(test)}`).join('')}`,
      );
      const key = node.key ? `${sketchExpression(node.key)}: ` : '';
      return `${node.form}<${key}${sketchExpression(node.element)}${clauses.join('')}>`;
    }
    case 'spread':
      return `*${sketchExpression(node.value)}`;
    case 'opaque':
      return `?[${all(node.children)}]`;
  }
}

function argument({ name, value, spread }: Argument): string {
  const prefix = spread === 'keyword' ? '**' : spread === 'positional' ? '*' : '';
  return `${name === undefined ? '' : `${name}=`}${prefix}${sketchExpression(value)}`;
}

function definition(node: FunctionDefinition): string {
  const flags = `${node.isAsync ? 'async ' : ''}${node.isStatic ? 'static ' : ''}`;
  const result = node.returnAnnotation === undefined ? '' : ` -> ${node.returnAnnotation}`;
  return `${flags}${node.form} ${node.name ?? ''}(${node.parameters.map(parameter).join(', ')})${result} ${block(node.body)}`;
}

function parameter({ target, defaultValue, annotation, rest, isKeywordOnly }: Parameter): string {
  const prefix = rest === 'keyword' ? '**' : rest === 'positional' ? '*' : isKeywordOnly ? 'kw ' : '';
  const type = annotation === undefined ? '' : `: ${annotation}`;
  return `${prefix}${sketchExpression(target)}${type}${defaultValue ? ` = ${sketchExpression(defaultValue)}` : ''}`;
}

function block(body: readonly Statement[]): string {
  return `{${sketch(body)}}`;
}

function elseBlock(body: readonly Statement[]): string {
  return body.length > 0 ? ` else ${block(body)}` : '';
}

function optional(node: Expression | undefined): string {
  return node === undefined ? '' : ` ${sketchExpression(node)}`;
}
