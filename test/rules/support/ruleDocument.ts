/** A code block of `## Examples`: what the rule must say about it. */
export interface Example {
  readonly kind: 'bad' | 'good';
  /** Info string's language: `python`, `ts`, `tsx`, `js`. */
  readonly language: string;
  readonly text: string;
  /** 1-based line of the block's opening fence. */
  readonly line: number;
  readonly options: ReadonlyMap<string, string>;
  /** Text after the first fix, from the block that follows directly. */
  readonly fixed?: string;
}

export interface RuleDocument {
  readonly title: string;
  /** Level-two headings in order. */
  readonly headings: readonly string[];
  readonly examples: readonly Example[];
  /** What does not follow the format, with its line. */
  readonly problems: readonly string[];
}

const LANGUAGES = ['python', 'ts', 'tsx', 'js'];
const KEYS = [
  'reports',
  'line',
  'path',
  'requires',
  'profile',
  'tier',
  'severity',
  'cells',
  'runtime',
  'small',
  'files',
];

interface Block {
  readonly info: readonly string[];
  readonly text: string;
  readonly line: number;
  readonly section: string;
}

/** Reads a rule.md: `# title`, fixed `##` headings, and under `## Examples` the blocks that are the rule's tests. */
export function parseRuleDocument(markdown: string): RuleDocument {
  const problems: string[] = [];
  const headings: string[] = [];
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let section = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('## ')) headings.push(line.slice(3).trim());
    if (/^#{2,3} /.test(line)) section = line.replace(/^#+ /, '').trim();
    if (!line.startsWith('```')) continue;
    const end = lines.findIndex((other, index) => index > at && other.startsWith('```'));
    if (end < 0) {
      problems.push(`line ${at + 1}: the code block has no end`);
      break;
    }
    const text = lines.slice(at + 1, end).map((code) => `${code}\n`);
    blocks.push({ info: line.slice(3).trim().split(/\s+/), text: text.join(''), line: at + 1, section });
    at = end;
  }
  return { title: (lines[0] ?? '').replace(/^# /, ''), headings, examples: toExamples(blocks, problems), problems };
}

function toExamples(blocks: readonly Block[], problems: string[]): readonly Example[] {
  return blocks.flatMap((block, index) => {
    const [language = '', kind = '', ...pairs] = block.info;
    if (kind === '' || kind === 'fixed') return [];
    if ((kind !== 'bad' && kind !== 'good') || !LANGUAGES.includes(language)) {
      problems.push(`line ${block.line}: unknown block \`${block.info.join(' ')}\``);
      return [];
    }
    if (block.section.toLowerCase() !== kind)
      problems.push(`line ${block.line}: a ${kind} block under ### ${block.section}`);
    const options = new Map(pairs.map((pair) => splitPair(pair)));
    for (const key of options.keys()) {
      if (!KEYS.includes(key)) problems.push(`line ${block.line}: unknown key ${key}`);
    }
    const next = blocks[index + 1];
    const fixed = next?.info[1] === 'fixed' ? { fixed: next.text } : {};
    return [{ kind, language, text: block.text, line: block.line, options, ...fixed }];
  });
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
