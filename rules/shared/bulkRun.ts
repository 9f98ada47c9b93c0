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

/** Sources of ultralytics that bring many pictures: a camera, a stream, a video, a folder (8.3, data/loaders.py and data/build.py). */
const PICTURES =
  /^\d+$|^(rtsp|rtmp|tcp):\/\/|^https?:\/\/(www\.)?youtu|\.(mp4|avi|mov|mkv|webm|mpe?g|m4v|wmv|streams)$|^screen\b|\*|\/$/i;

/** True when one call of a model gets a whole collection that the code does not write out. */
export function isBulkRun(program: Program, run: Call): boolean {
  if (run.api?.name.startsWith('ultralytics.') && readsPictures(run)) return true;
  const [first] = run.node.args;
  if (first === undefined || isWritten(program, first.value)) return false;
  if (run.node.args.some(({ name }) => BULK_KEYWORDS.test(name ?? ''))) return true;
  const { value } = first;
  const name = value.kind === 'name' || value.kind === 'attribute' ? value.name : '';
  return hasWord(name, MANY) || readsColumn(program, value);
}

/** `predict(source=0)`, `model("street.mp4", stream=True)`: the library runs the model for every frame. */
function readsPictures(run: Call): boolean {
  const source = run.constantArgument('source');
  return source.kind === 'known' && PICTURES.test(String(source.value));
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
