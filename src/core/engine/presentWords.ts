import { textChange } from '../text/textChange.ts';

/** Which words stand in a text that is being edited. Substrings count too: it may say yes too often, never no too often. */
export class PresentWords {
  private readonly present = new Set<string>();
  private readonly longest: number;
  private text = '';

  constructor(private readonly words: readonly string[]) {
    this.longest = Math.max(0, ...words.map((word) => word.length));
  }

  /** Looks only where the text changed, and for words that stood there. */
  update(text: string): ReadonlySet<string> {
    const change = textChange(this.text, text);
    if (!change) return this.present;
    const from = Math.max(0, change.start - this.longest);
    const gone = this.text.slice(from, change.oldEnd + this.longest);
    const come = text.slice(from, change.newEnd + this.longest);
    for (const word of this.words) {
      if (come.includes(word)) this.present.add(word);
      else if (gone.includes(word) && !text.includes(word)) this.present.delete(word);
    }
    this.text = text;
    return this.present;
  }
}
