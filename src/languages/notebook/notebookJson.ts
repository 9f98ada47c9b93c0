/** Parts of an .ipynb file as read: nothing about it is trusted. Source: nbformat 4.5 and 3 schemas (Jupyter). */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, key: string): JsonObject {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

export function stringAt(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Cells in document order; nbformat 3 keeps them in worksheets. Undefined when there is no list of cells. */
export function cellsOf(root: JsonObject): readonly unknown[] | undefined {
  if (Array.isArray(root['cells'])) return root['cells'];
  const worksheets = root['worksheets'];
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet) => {
    const cells = isObject(sheet) ? sheet['cells'] : undefined;
    return Array.isArray(cells) ? cells : [];
  });
}

/** Source text of a cell: a string or a list of lines, called `input` in code cells of nbformat 3. */
export function sourceOf(cell: unknown): string {
  if (!isObject(cell)) return '';
  const source = cell['source'] ?? cell['input'];
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : '';
}
