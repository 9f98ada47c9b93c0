import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../../src/core/ir/statement.ts';

/** Facts of one file in the form that pythonAst.py prints them. */
export interface PythonFacts {
  readonly imports: string[];
  readonly calls: string[];
  readonly functions: string[];
  readonly classes: string[];
}

/** Walks the whole model by its plain object structure, so that no construct can be forgotten here. */
export function pythonFacts(module: SourceModule): PythonFacts {
  const facts: PythonFacts = { imports: [], calls: [], functions: [], classes: [] };
  visit(module.body, false, facts);
  return facts;
}

function visit(value: unknown, isInString: boolean, facts: PythonFacts): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, isInString, facts);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) record(value, isInString, facts);
  const isString = isInString || (isNode(value) && value.kind === 'template');
  for (const part of Object.values(value)) visit(part, isString, facts);
}

function isNode(value: object): value is Statement | Expression {
  return 'kind' in value;
}

function record(node: Statement | Expression, isInString: boolean, facts: PythonFacts): void {
  const place = isInString ? 'f' : String(node.start);
  if (node.kind === 'import') facts.imports.push(...importFacts(node, place));
  else if (node.kind === 'call') facts.calls.push(callFact(node, isInString ? place : `${place}-${node.end}`));
  else if (node.kind === 'function') {
    facts.functions.push(functionFact(node.definition, isInString ? 'f' : String(node.definition.start)));
  } else if (node.kind === 'class') {
    const { start, name, bases, keywords } = node.definition;
    const names = keywords.map((keyword) => keyword.name ?? '**').join(',');
    facts.classes.push(`${start} class ${name}(${bases.length};${names})`);
  }
}

function importFacts({ isFrom, level, module, names }: ImportStatement, place: string): readonly string[] {
  return names.map(({ imported, local }) =>
    isFrom
      ? `${place} from ${'.'.repeat(level)}${module} import ${imported} as ${local ?? ''}`
      : `${place} import ${module} as ${local}`,
  );
}

function callFact({ callee, args }: CallExpression, place: string): string {
  const positional = args.filter(({ name, spread }) => name === undefined && spread !== 'keyword');
  const keywords = args.filter((arg) => !positional.includes(arg)).map(({ name }) => name ?? '**');
  return `${place} ${dotted(callee)}(${positional.length};${keywords.join(',')})`;
}

function functionFact({ form, name, isAsync, parameters }: FunctionDefinition, place: string): string {
  const keyword = form === 'lambda' ? 'lambda' : isAsync ? 'async def' : 'def';
  const names = parameters.map(({ target, rest, isKeywordOnly }) => {
    const prefix = rest === 'keyword' ? '**' : rest === 'positional' ? '*' : isKeywordOnly ? 'kw ' : '';
    return prefix + dotted(target);
  });
  return `${place} ${keyword} ${name ?? ''}(${names.join(', ')})`;
}

function dotted(node: Expression): string {
  if (node.kind === 'name') return node.name;
  return node.kind === 'attribute' ? `${dotted(node.object)}.${node.name}` : '?';
}
