/** Something that code does exactly. */
export interface ExactTask {
  readonly does: string;
  readonly instead: string;
  /** The words of the prompt that say so. */
  readonly words: string;
}

const TASKS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\bconvert (?:this |the following )?(?:\w+ ){0,3}(?:in)?to (?:upper|lower|title|snake|camel|kebab)[ _-]?case\b/i,
    'change the case of a text',
    'a string method or a replacement by pattern',
  ],
  [
    /\bcount the (?:number of )?(?:words|characters|letters|sentences)\b/i,
    'count words',
    'the length of a split text or `Intl.Segmenter`',
  ],
  [
    /\b(?:is|check (?:if|whether)) (?:this|the following|it) (?:is )?(?:a )?valid (?:json|e-?mail|url|uuid|ip address)\b/i,
    'check a format',
    'a parser or a pattern',
  ],
  [
    /\bsort (?:this|these|the following) (?:\w+ ){0,2}(?:alphabetically|in alphabetical order)\b/i,
    'sort',
    'a sort with `Intl.Collator`',
  ],
  [/\breverse (?:this|the following) (?:string|text|word|list)\b/i, 'reverse a text', 'a reversal in code'],
  [/\bremove (?:the )?duplicates? (?:from|in) (?:this|the following) (?:list|array)\b/i, 'remove duplicates', 'a set'],
  [
    /\bconvert (?:this |the following )?(?:\w+ ){0,3}(?:fahrenheit|celsius) (?:in)?to (?:fahrenheit|celsius)\b/i,
    'convert degrees',
    'a formula',
  ],
  [/\bconvert (?:this |the following )?json (?:in)?to (?:csv|yaml|xml)\b/i, 'convert a format', 'a serialiser'],
  [/\b(?:base64|url)[- ]?(?:encode|decode) (?:this|the following)\b/i, 'encode a text', "the platform's own function"],
];
/** Wishes beyond the exact part, and questions about it. */
const MORE = /\bexplain|why|summar|translat|correct|fix|improve|describe|then\b|also\b|code|function|script|program\b/i;

export function exactTask(prompt: string): ExactTask | undefined {
  if (MORE.test(prompt)) return undefined;
  for (const [pattern, does, instead] of TASKS) {
    const words = pattern.exec(prompt)?.[0];
    if (words !== undefined) return { does, instead, words };
  }
  return undefined;
}
