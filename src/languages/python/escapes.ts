const BACKSLASH = 92;

const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Python's line-end rule: a string literal reads CRLF and CR as LF. */
export function normaliseLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Decodes the escapes of a string literal that is neither raw nor bytes. Unknown escapes and `\N{…}` stay as written. */
export function decodeEscapes(text: string): string {
  let backslash = text.indexOf('\\');
  if (backslash < 0) return text;
  let decoded = '';
  let copied = 0;
  while (backslash >= 0 && backslash + 1 < text.length) {
    const [value, length] = decodeAt(text, backslash);
    decoded += text.slice(copied, backslash) + value;
    copied = backslash + length;
    backslash = text.indexOf('\\', copied);
  }
  return decoded + text.slice(copied);
}

/** Value and source length of the escape that starts at a backslash. */
function decodeAt(text: string, offset: number): readonly [string, number] {
  const letter = text.charAt(offset + 1);
  const known = simple[letter];
  if (known !== undefined) return [known, 2];
  if (letter === '\n') return ['', 2];
  const hexLength = hexLengths[letter];
  if (hexLength !== undefined) return decodeHex(text, offset, hexLength);
  const octal = /^[0-7]{1,3}/.exec(text.slice(offset + 1, offset + 4))?.[0];
  if (octal !== undefined) return [String.fromCharCode(Number.parseInt(octal, 8)), 1 + octal.length];
  return [String.fromCharCode(BACKSLASH) + letter, 2];
}

function decodeHex(text: string, offset: number, length: number): readonly [string, number] {
  const digits = text.slice(offset + 2, offset + 2 + length);
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
  if (Number.isNaN(code) || code > 0x10ffff) return [text.slice(offset, offset + 2), 2];
  return [String.fromCodePoint(code), 2 + length];
}
