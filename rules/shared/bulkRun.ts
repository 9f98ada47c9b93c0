import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasWord } from './identifierWords.ts';

/** Names of what holds many texts. */
const MANY = new Set(
  'texts documents docs sentences corpus chunks passages batch rows pairs abstracts articles reviews titles lines queries questions contents'.split(
    ' ',
  ),
);
/** What people pass only where many inputs go in. */
const BULK_KEYWORDS = /^(batch_size|show_progress_bar|chunk_size|pool)$/;
/** Tables and data sets, by type. */
const DATA =
  /^(pandas\.(DataFrame|Series)|polars\.(DataFrame|Series)|datasets\.(\w+\.)*(Dataset|IterableDataset)|transformers\.(\w+\.)*KeyDataset)$/;

/** True when one call of a model gets a whole collection that the code does not write out. */
export function isBulkRun(program: Program, run: Call): boolean {
  const [first] = run.node.args;
  if (first === undefined || isWritten(program, first.value)) return false;
  if (run.node.args.some(({ name }) => BULK_KEYWORDS.test(name ?? ''))) return true;
  const { value } = first;
  const name = value.kind === 'name' || value.kind === 'attribute' ? value.name : '';
  return hasWord(name, MANY) || readsColumn(program, value);
}

function isWritten(program: Program, value: Expression): boolean {
  return program.values(value).every(({ kind }) => kind === 'constant' || kind === 'collection');
}

/** `df["text"].tolist()`, `KeyDataset(data, "text")`; with an index it is one row. */
function readsColumn(program: Program, value: Expression): boolean {
  let hasData = false;
  for (const { node } of walkFrom([{ kind: 'expression', node: value }])) {
    if (node.kind === 'subscript' && !node.indices.every(isColumn)) return false;
    if (node.kind !== 'name' && node.kind !== 'call') continue;
    hasData ||= program.values(node).some((candidate) => candidate.kind === 'instance' && DATA.test(candidate.type));
  }
  return hasData;
}

function isColumn(index: Expression): boolean {
  return index.kind === 'literal' && typeof index.value === 'string';
}
