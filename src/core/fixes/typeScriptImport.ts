import type { Edit } from '../engine/rule.ts';
import type { CallExpression, Expression, Target } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../ir/statement.ts';
import { bomLength, lineBreakOf, lineEnd, nextLineStart } from '../text/layout.ts';
import type { ImportRequest } from './importEdit.ts';
import { importsInReach } from './importsInReach.ts';

/** How the file already writes what is requested, through `import` or `require`. */
export function existingTypeScriptImport(module: SourceModule, request: ImportRequest): string | undefined {
  const names = importsInReach(module, request.at)
    .filter((statement) => statement.module === request.module)
    .flatMap((statement) => statement.names);
  const wanted = request.name ?? '*';
  const direct = names.find(({ imported }) => imported === wanted)?.local ?? requiredName(module, request, wanted);
  if (direct !== undefined) return direct;
  const namespace = names.find(({ imported }) => imported === '*')?.local ?? requiredName(module, request, '*');
  return namespace !== undefined && request.name !== undefined ? `${namespace}.${request.name}` : undefined;
}

/** Into an existing import of the module, else after the leading imports, with the file's quotes and semicolons. */
export function newTypeScriptImport(module: SourceModule, request: ImportRequest, local: string): readonly Edit[] {
  const merged = request.name === undefined ? undefined : mergeInto(module, request.module, named(request));
  if (merged) return [merged];
  const { text } = module;
  const block = leadingImports(module);
  const usesRequire = block.length > 0 && block.every((statement) => statement.kind === 'assign');
  const example = block.at(-1);
  const sample = example ? text.slice(example.start, nextLineStart(text, example.end)) : text;
  const quote = (sample.match(/"/g)?.length ?? 0) > (sample.match(/'/g)?.length ?? 0) ? '"' : "'";
  const end = example && !sample.includes(';') ? '' : ';';
  const source = `${quote}${request.module}${quote}`;
  const line = usesRequire
    ? `const ${request.name === undefined ? local : `{ ${named(request, ': ')} }`} = require(${source})${end}`
    : `import ${request.name === undefined ? `* as ${local}` : `{ ${named(request)} }`} from ${source}${end}`;
  return [insertLine(text, example ?? lastDirective(module), line)];
}

function insertLine(text: string, after: Statement | undefined, line: string): Edit {
  const lineBreak = lineBreakOf(text);
  const isHashbang = text.startsWith('#!', bomLength(text));
  if (!after && !isHashbang) {
    const offset = bomLength(text);
    return { span: { start: offset, end: offset }, text: line + lineBreak };
  }
  const next = nextLineStart(text, after?.end ?? 0);
  const isLastLine = next === lineEnd(text, after?.end ?? 0);
  return { span: { start: next, end: next }, text: isLastLine ? lineBreak + line : line + lineBreak };
}

function named({ name = '', alias }: ImportRequest, separator = ' as '): string {
  return alias === undefined || alias === name ? name : `${name}${separator}${alias}`;
}

function mergeInto(module: SourceModule, source: string, name: string): Edit | undefined {
  for (const statement of module.body) {
    if (statement.kind !== 'import' || statement.module !== source) continue;
    const last = statement.names.at(-1);
    if (!last || statement.names.some(({ imported }) => imported === '*')) continue;
    const isDefaultOnly = last.imported === 'default' && !module.text.slice(statement.start, last.end).includes('{');
    const addition = isDefaultOnly ? `, { ${name} }` : `, ${name}`;
    // `import d, {} from` and `import d, { type T } from` have braces that are not in the model.
    if (isDefaultOnly && module.text.slice(last.end, statement.end).includes('{')) continue;
    return { span: { start: last.end, end: last.end }, text: addition };
  }
  return undefined;
}

/** Imports and `require` declarations before the first other statement; directives such as 'use client' aside. */
function leadingImports(module: SourceModule): readonly (ImportStatement | Statement)[] {
  const block: Statement[] = [];
  for (const statement of module.body) {
    if (isDirective(statement)) continue;
    if (statement.kind !== 'import' && requireSource(statement) === undefined) break;
    block.push(statement);
  }
  return block;
}

function lastDirective(module: SourceModule): Statement | undefined {
  const end = module.body.findIndex((statement) => !isDirective(statement));
  return module.body[(end < 0 ? module.body.length : end) - 1];
}

function isDirective(statement: Statement): boolean {
  return (
    statement.kind === 'expression' &&
    statement.expression.kind === 'literal' &&
    typeof statement.expression.value === 'string'
  );
}

/** Local name that a top-level `require` of the module gives to an export, or to the module itself for `*`. */
function requiredName(module: SourceModule, request: ImportRequest, wanted: string): string | undefined {
  for (const statement of module.body) {
    if (statement.kind !== 'assign' || requireSource(statement) !== request.module) continue;
    for (const target of statement.targets) {
      const local = wanted === '*' ? nameOf(target) : propertyName(target, wanted);
      if (local !== undefined) return local;
    }
  }
  return undefined;
}

function requireSource(statement: Statement): string | undefined {
  if (statement.kind !== 'assign' || statement.value?.kind !== 'call' || !isRequire(statement.value)) return undefined;
  const source = statement.value.args[0]?.value;
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined;
}

function isRequire(call: CallExpression): boolean {
  return call.callee.kind === 'name' && call.callee.name === 'require';
}

function nameOf(target: Expression): string | undefined {
  return target.kind === 'name' ? target.name : undefined;
}

function propertyName(target: Target, property: string): string | undefined {
  if (target.kind !== 'mapping') return undefined;
  const entry = target.entries.find(({ key }) => key === property);
  return entry && nameOf(entry.value);
}
