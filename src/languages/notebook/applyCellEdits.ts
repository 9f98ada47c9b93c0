import { type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../../core/engine/finding.ts';
import type { Edit } from '../../core/engine/rule.ts';
import { applyEdits } from '../../core/fixes/applyEdits.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import { sourceReplacement } from './cellSource.ts';

export interface EditedNotebook {
  readonly kind: 'edited';
  readonly text: string;
}

export interface EditFailure {
  readonly kind: 'edit-failure';
  readonly reason: string;
}

/**
 * Writes edits of cells back into the .ipynb text. Only the changed lines of the changed `source` values differ afterwards:
 * indentation, key order, outputs and the final line end stay as they were. `cell` counts all cells from 0.
 */
export function applyCellEdits(text: string, edits: readonly TextEdit[]): EditedNotebook | EditFailure {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const cells = cellNodes(text.slice(bom));
  if (cells === undefined) return failure('the notebook is not valid JSON with a list of cells');
  const replacements: Edit[] = [];
  for (const [cell, cellEdits] of byCell(edits)) {
    if (cell === undefined) return failure('an edit names no cell');
    const source = sourceNode(cells[cell]);
    if (source === undefined) return failure(`cell ${cell} has no source to edit`);
    const before = sourceText(source);
    const lines = new LineIndex(before);
    const after = applyEdits(
      before,
      cellEdits.map(({ range, newText }) => ({
        span: { start: lines.offset(range.start), end: lines.offset(range.end) },
        text: newText,
      })),
    );
    if (after === undefined) return failure(`edits of cell ${cell} overlap`);
    if (after !== before) replacements.push(sourceReplacement(source, after, text, bom));
  }
  const edited = applyEdits(text, replacements);
  return edited === undefined ? failure('edits overlap') : { kind: 'edited', text: edited };
}

function byCell(edits: readonly TextEdit[]): ReadonlyMap<number | undefined, readonly TextEdit[]> {
  const cells = new Map<number | undefined, TextEdit[]>();
  for (const edit of edits) {
    const known = cells.get(edit.cell);
    if (known === undefined) cells.set(edit.cell, [edit]);
    else known.push(edit);
  }
  return cells;
}

/** Nodes of all cells in document order; undefined when the text is not a notebook that can be edited. */
function cellNodes(json: string): readonly Node[] | undefined {
  try {
    JSON.parse(json);
    const root = parseTree(json);
    const cells = property(root, 'cells');
    if (cells?.type === 'array') return cells.children ?? [];
    const worksheets = property(root, 'worksheets');
    if (worksheets?.type !== 'array') return undefined;
    return (worksheets.children ?? []).flatMap((sheet) => property(sheet, 'cells')?.children ?? []);
  } catch {
    return undefined;
  }
}

function sourceNode(cell: Node | undefined): Node | undefined {
  const source = property(cell, 'source') ?? property(cell, 'input');
  return source?.type === 'string' || source?.type === 'array' ? source : undefined;
}

function sourceText(source: Node): string {
  if (source.type === 'string') return String(source.value);
  return (source.children ?? []).map((line) => (line.type === 'string' ? String(line.value) : '')).join('');
}

/** The last of several equal keys counts, as for JSON.parse. */
function property(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast((child) => child.children?.[0]?.value === key)?.children?.[1];
}

function failure(reason: string): EditFailure {
  return { kind: 'edit-failure', reason };
}
