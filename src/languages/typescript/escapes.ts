const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

/** Decodes one escape sequence of a string or template literal, backslash included: `\x41` is `A`. */
export function decodeEscape(sequence: string): string {
  const body = sequence.slice(1);
  if (/^[\r\n\u2028\u2029]/.test(body)) return '';
  if (body.startsWith('u{')) return codePoint(Number.parseInt(body.slice(2, -1), 16));
  if (/^[xu]./.test(body)) return codePoint(Number.parseInt(body.slice(1), 16));
  if (/^[0-7]+$/.test(body)) return codePoint(Number.parseInt(body, 8));
  return simpleEscapes.get(body) ?? body;
}

/** The replacement character stands for a number past the end of Unicode, which only half-typed code contains. */
function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
}
