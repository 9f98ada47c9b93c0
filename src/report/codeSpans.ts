/** A piece of a message: plain words, or source text that the message sets in backticks. */
interface MessagePart {
  readonly text: string;
  readonly isCode: boolean;
}

/** Splits a message at its code spans; a backtick without a partner is plain text. */
export function messageParts(message: string): readonly MessagePart[] {
  const pieces = message.split('`');
  // An even number of pieces means that the last backtick has no partner.
  const tail = pieces.length % 2 === 0 ? `\`${pieces.pop() ?? ''}` : '';
  return [...pieces.map((text, index) => ({ text, isCode: index % 2 === 1 })), { text: tail, isCode: false }].filter(
    ({ text }) => text !== '',
  );
}
