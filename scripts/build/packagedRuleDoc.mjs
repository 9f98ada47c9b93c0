// A rule's document as the package carries it. In the repository its examples are tests as well and cover every exception; for
// reading, the first bad and the first good one of each language are kept, and the page on the web is named for the others.

const block = /^```(\w+) (bad|good|fixed)\b.*\n([\s\S]*?)^```\n/gm;

/** `url` is the whole document's place on the web. */
export function packagedRuleDoc(document, url) {
  const start = document.search(/^## Examples$/m);
  if (start < 0) return document;
  const heading = '## Examples\n'.length;
  const length = document.slice(start + heading).search(/^## /m);
  const end = length < 0 ? document.length : start + heading + length;
  const { text, isShortened } = shortened(document.slice(start, end));
  const more = isShortened ? `[More examples](${url})\n\n` : '';
  return document.slice(0, start) + text + more + document.slice(end);
}

/** Leaves out examples, each with the text between it and the example before. */
function shortened(section) {
  const seen = new Set();
  let text = '';
  let from = 0;
  let isKept = true;
  let isShortened = false;
  for (const found of section.matchAll(block)) {
    const [whole, language, kind, code] = found;
    if (kind !== 'fixed') {
      isKept = !seen.has(`${kind} ${language}`);
      seen.add(`${kind} ${language}`);
    }
    const before = section.slice(from, found.index);
    // Headings stand before the first example of their kind, which is always kept.
    if (isKept) text += `${before}\`\`\`${language}\n${code}\`\`\`\n`;
    else isShortened = true;
    from = found.index + whole.length;
  }
  return { text: `${text}${isKept ? section.slice(from) : '\n'}`, isShortened };
}
