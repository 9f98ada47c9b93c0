/** Something that code does exactly. */
export interface ExactTask {
  readonly does: string;
  readonly instead: string;
  /** The words of the prompt that say so. */
  readonly words: string;
}

const THIS = '(?:this|these|the following|the)';
const INPUT = String.raw`(?: (?:in|from|of|for))?(?: ${THIS})?(?: (?:string|text|list|array|names?|words?|values?|numbers?|lines?|input|items?))*\s*:`;

/** The closed list of the catalogue. Where a wish may reach further (a date out of prose, any language), the text has to follow at once. */
const TASKS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\bconvert (?:this |the following )?(?:\w+ ){0,3}(?:in)?to (?:upper|lower|title|snake|camel|kebab)[ _-]?case\b/i,
    'change the case of a text',
    'a string method or a replacement by pattern',
  ],
  [
    new RegExp(
      String.raw`\bcount the (?:number of )?(?:words|characters|letters|sentences)\b|\bnumber of (?:words|characters) in${INPUT}`,
      'i',
    ),
    'count words',
    'the length of a split text or `Intl.Segmenter`',
  ],
  [
    /\b(?:is|check (?:if|whether)) (?:this|the following|the (?:input|text|string)|it)(?: (?:input|text|string|following))? (?:is )?(?:a )?valid (?:json|e-?mail|url|uuid|ip address)\b/i,
    'check a format',
    'a parser or a pattern',
  ],
  [
    new RegExp(
      String.raw`\bextract (?:all |the |every )*(?:e-?mail(?: address)?|phone number|url|hashtag)(?:e?s)?${INPUT}`,
      'i',
    ),
    'find what a pattern finds',
    'a regular expression (`URL.canParse` checks what it finds)',
  ],
  [
    new RegExp(String.raw`\bsort (?:${THIS} )?(?:\w+ ){0,2}?(?:alphabetically|in alphabetical order)\b`, 'i'),
    'sort',
    'a sort with `Intl.Collator`',
  ],
  [/\breverse (?:this|the following) (?:string|text|word|list)\b/i, 'reverse a text', 'a reversal in code'],
  [new RegExp(String.raw`\bremove (?:the |all )?duplicates?${INPUT}`, 'i'), 'remove duplicates', 'a set'],
  [
    /\b(?:convert|format) this date (?:in)?(?:to|as) (?:iso(?:[ -]?8601)?|yyyy-mm-dd|dd[./-]mm[./-]yyyy|mm\/dd\/yyyy)(?![\w-])/i,
    'write a date in another form',
    '`Intl.DateTimeFormat` or `toISOString`',
  ],
  [
    new RegExp(String.raw`\b(?:sum|add up) ${THIS} numbers\b|\bcalculate (?:what |the )?percentage of\b`, 'i'),
    'calculate',
    'the arithmetic of the language',
  ],
  [
    /\bconvert (?:this |the following )?(?:\w+ ){0,3}(?:fahrenheit|celsius) (?:in)?to (?:fahrenheit|celsius)\b/i,
    'convert degrees',
    'a formula',
  ],
  [
    /\bconvert (?:this |the following )?json (?:in)?to (?:csv|yaml|xml)\b/i,
    'convert a format',
    'a serialiser (`papaparse`, `yaml`)',
  ],
  [
    new RegExp(
      String.raw`\b(?:base64|url)[- ]?(?:encode|decode) ${THIS}\b|\b(?:encode|decode) ${THIS}(?: \w+)? (?:as|to|from) base64\b|\b(?:encode as|decode from|decode this) base64\b`,
      'i',
    ),
    'encode a text',
    "the platform's own function (`encodeURIComponent`, `Buffer`)",
  ],
  [
    /\bslugify\b|\bcreate an? (?:url[- ])?slug (?:for|from|of)\b/i,
    'make a slug',
    'a replacement by pattern after `normalize`',
  ],
];
/** Wishes beyond the exact part, and questions about it. */
const MORE =
  /\b(?:explain|why|summar|translat|correct|fix|improve|describe|then\b|also\b|code\b|(?:java|type)?script|function|program\b)/i;

export function exactTask(prompt: string): ExactTask | undefined {
  if (MORE.test(prompt)) return undefined;
  for (const [pattern, does, instead] of TASKS) {
    const words = pattern.exec(prompt)?.[0];
    if (words !== undefined) return { does, instead, words };
  }
  return undefined;
}
