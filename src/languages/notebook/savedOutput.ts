import { isObject, objectAt } from './notebookJson.ts';

/** Longer outputs keep their beginning and their end, where progress bars and sums stand. */
const MOST_CHARACTERS = 4000;
/** Colours and cursor movements of terminals (ECMA-48 control sequences). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins them
const CONTROL = /\u001b\[[\d;]*[A-Za-z]/g;

/** Text of a code cell's saved outputs: streams and plain-text results, of nbformat 3 and 4; undefined without any. */
export function savedOutput(cell: unknown): string | undefined {
  const outputs = isObject(cell) ? cell['outputs'] : undefined;
  if (!Array.isArray(outputs)) return undefined;
  const text = outputs
    .map((output: unknown) =>
      textOf(isObject(output) ? (output['text'] ?? objectAt(output, 'data')['text/plain']) : ''),
    )
    .join('\n');
  return cutOutput(text);
}

/** An output's text as facts are read from it; undefined where nothing is left. */
export function cutOutput(text: string): string | undefined {
  const plain = text.replace(CONTROL, '').trim();
  if (plain === '') return undefined;
  if (plain.length <= MOST_CHARACTERS) return plain;
  return `${plain.slice(0, MOST_CHARACTERS / 2)}\n${plain.slice(-MOST_CHARACTERS / 2)}`;
}

function textOf(text: unknown): string {
  if (typeof text === 'string') return text;
  return Array.isArray(text) ? text.filter((line) => typeof line === 'string').join('') : '';
}
