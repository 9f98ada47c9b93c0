/**
 * Stable name of a finding: the same rule at the same source text of the same file has the same fingerprint wherever the text
 * moves, so that baselines and code-scanning services recognise it. 16 hexadecimal digits of two 32-bit FNV-1a style hashes;
 * collisions only merge two findings of one file, so a cryptographic hash would buy nothing. The path's part can be replaced:
 * a baseline names files from its own folder, wherever the run started.
 */
export function fingerprint(ruleId: string, path: string, snippet: string, occurrence: number): string {
  const text = [ruleId, snippet.replace(/\s+/g, ' ').trim(), occurrence].join('\u0000');
  return combine(digest(text), digest(path));
}

/** The fingerprint that a finding would have under another name of its file. */
export function movedFingerprint(fingerprint: string, from: string, to: string): string {
  return from === to ? fingerprint : combine(combine(fingerprint, digest(from)), digest(to));
}

/** Exclusive or, which undoes itself. */
function combine(one: string, other: string): string {
  return [0, 8]
    .map((at) => Number.parseInt(one.slice(at, at + 8), 16) ^ Number.parseInt(other.slice(at, at + 8), 16))
    .map((value) => (value >>> 0).toString(16).padStart(8, '0'))
    .join('');
}

function digest(text: string): string {
  return hash(text, 0x811c9dc5) + hash(text, 0x9747b28c);
}

function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
    value ^= value >>> 15;
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
