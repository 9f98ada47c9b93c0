import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { writtenSource } from '../shared/writtenSource.ts';

/** Calls that make documents from files and texts, and nothing else: a data base or a web page may answer differently each time. */
const FROM_FILES =
  /(^|\.)(Document|\w*(Text|PDF|Pdf|CSV|Csv|JSON|Json|Docx|Directory|Markdown|Html|File)\w*(Loader|Reader)|\w*Splitter(\.\w+)?|load|loadData|loadAndSplit|splitDocuments|splitText|createDocuments|readFile|readFileSync|readdirSync|join|resolve|cwd|parse|toString|trim|split|map|fromLanguage)$/;
const MOST_STEPS = 12;

/** The text of a file that the source names, whatever the request says; also one piece of it, in a loop or a callback. */
export function isFixedFile(texts: Expression, program: Program): boolean {
  return isFixed(texts, program, true);
}

/** True when documents come from files or texts that the source names, whatever the request says. */
export function isFixedCorpus(documents: Expression, program: Program): boolean {
  return isFixed(documents, program, false);
}

function isFixed(documents: Expression, program: Program, isFile: boolean): boolean {
  if (dependsOnCaller(documents, program)) return false;
  const seen = new Set<Expression>();
  const pending = [documents];
  let hasSource = false;
  while (pending.length > 0) {
    const next = pending.pop();
    const source = next && writtenSource(next, program);
    if (!source || seen.has(source)) continue;
    if (seen.size >= MOST_STEPS) return false;
    seen.add(source);
    if (source.kind === 'name' && program.constant(source).kind !== 'known') {
      const list = isFile ? listBehind(source, program) : undefined;
      if (list) pending.push(list);
      // Something of another file, or a global.
      else if (!isLibraryName(source, program)) return false;
      continue;
    }
    for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
      if (node.kind === 'call') {
        if (!FROM_FILES.test(calledName(node, program))) return false;
        hasSource ||= (node.isNew && !isFile) || /readFile/.test(calledName(node, program));
      } else if (node.kind === 'name' && node !== source) pending.push(node);
      else if (node.kind === 'literal' && !isFile)
        hasSource ||= typeof node.value === 'string' && node.value.length > 0;
    }
  }
  return hasSource;
}

function isLibraryName(name: Expression, program: Program): boolean {
  if (program.qualifiedName(name) !== undefined) return true;
  return /^(process|JSON|__dirname|import)$/.test(program.text(name)) || isParameterOfCallback(name, program);
}

/** `texts.map((text) => new Document({ pageContent: text }))`. */
function isParameterOfCallback(name: Expression, program: Program): boolean {
  const owner = program.place(name).function;
  return owner?.form === 'arrow' && owner.parameters.some(({ target }) => program.text(target) === program.text(name));
}

function calledName({ callee }: CallExpression, program: Program): string {
  return callee.kind === 'attribute' ? `.${callee.name}` : program.text(callee);
}

/** `texts` for `text` in `for (const text of texts)` and in `texts.map((text) => …)`. */
function listBehind(name: Expression & { readonly kind: 'name' }, program: Program): Expression | undefined {
  const isBound = (target: Expression): boolean => readNames(target).includes(name.name);
  const { statements, functions } = enclosing(program.module, name);
  const owner = functions.findLast(({ parameters }) => parameters.some(({ target }) => isBound(target)));
  if (owner) {
    const callback = program.calls.find(({ node }) =>
      node.args.some(({ value }) => value.kind === 'function' && value.definition === owner),
    )?.node.callee;
    return callback?.kind === 'attribute' && /^(map|forEach|flatMap|filter)$/.test(callback.name)
      ? callback.object
      : undefined;
  }
  const loop = statements.findLast(
    (statement) => statement.kind === 'for' && statement.target !== undefined && isBound(statement.target),
  );
  return loop?.kind === 'for' ? loop.iterable : undefined;
}
