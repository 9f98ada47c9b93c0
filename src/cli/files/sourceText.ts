import { Buffer } from 'node:buffer';

/** A file's text with what is needed to write it back as it was. */
export interface SourceText {
  /** Without a byte order mark, as editors count offsets. */
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1' | 'other';
  readonly hasBom: boolean;
}

/** Why bytes are no text we can read. */
interface DecodeFailure {
  readonly failure: string;
}

/** UTF-8; UTF-16 by its byte order mark; in Python files also the encoding that the first lines declare (PEP 263). */
export function decodeSource(bytes: Uint8Array, path: string): SourceText | DecodeFailure {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes.subarray(2), true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes.subarray(2), true);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeAs('utf-8', bytes.subarray(3), true);
  const declared = /\.pyi?$/i.test(path) ? declaredEncoding(bytes) : undefined;
  if (declared === undefined || /^utf[-_]?8/i.test(declared)) return decodeAs('utf-8', bytes, false);
  if (/^(?:latin[-_]?1|iso[-_]?8859[-_]1|l1)$/i.test(declared)) {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1', hasBom: false };
  }
  try {
    const text = new TextDecoder(declared.replaceAll('_', '-'), { fatal: true }).decode(bytes);
    return { text, encoding: 'other', hasBom: false };
  } catch {
    return { failure: `cannot be decoded as ${declared}, which it declares` };
  }
}

/** Bytes of a changed text, in the encoding in which the file was read; `undefined` when that cannot be written. */
export function encodeSource(text: string, source: SourceText): Uint8Array | undefined {
  const whole = source.hasBom ? `\uFEFF${text}` : text;
  switch (source.encoding) {
    case 'utf-8':
      return Buffer.from(whole, 'utf8');
    case 'utf-16le':
      return Buffer.from(whole, 'utf16le');
    case 'utf-16be':
      return Buffer.from(whole, 'utf16le').swap16();
    case 'latin1':
      return /[^\0-\xff]/.test(whole) ? undefined : Buffer.from(whole, 'latin1');
    case 'other':
      return undefined;
  }
}

function decodeAs(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array, hasBom: boolean) {
  try {
    // The decoder must not look for a second mark: the first is cut off already.
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding, hasBom };
  } catch {
    const hint = encoding === 'utf-8' ? ` (byte ${firstInvalidByte(bytes)})` : '';
    return { failure: `is not valid ${encoding.toUpperCase()}${hint}` };
  }
}

/** Offset of the first byte that is no UTF-8, by halving. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid < invalid) {
    const middle = (valid + invalid + 1) >> 1;
    if (isUtf8(bytes.subarray(0, middle), true)) valid = middle;
    else invalid = middle - 1;
  }
  // The start of a character that was cut off counts as valid above.
  while (valid > 0 && !isUtf8(bytes.subarray(0, valid), false)) valid--;
  return valid;
}

function isUtf8(bytes: Uint8Array, mayEndInside: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayEndInside });
    return true;
  } catch {
    return false;
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 400))
    .toString('latin1')
    .split(/\r\n|\r|\n/)
    .slice(0, 2);
  for (const line of head) {
    const found = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (found !== undefined) return found;
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) return undefined;
  }
  return undefined;
}
