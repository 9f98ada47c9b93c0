import type { Span } from '../text/span.ts';
import type { Question } from './explanation.ts';

/** More questions than this about one line help nobody. */
const MOST = 40;

/** Remembers what a rule asks about the places that are watched. */
export class QuestionLog {
  private readonly asked = new Map<string, Question>();

  constructor(
    private readonly watched: (span: Span) => boolean,
    private readonly text: (span: Span) => string,
  ) {}

  watches(span: Span): boolean {
    return this.watched(span);
  }

  about(span: Span, asked: string, answer: () => string): void {
    if (this.watched(span)) this.add({ about: this.text(span), asked, answer: answer() });
  }

  ofFile(asked: string, answer: string): void {
    this.add({ about: '', asked, answer });
  }

  get questions(): readonly Question[] {
    return [...this.asked.values()];
  }

  /** Asked again, a question keeps its place: a rule goes deeper with each new one, and the last new one decided. */
  private add(question: Question): void {
    const key = `${question.about}\u0000${question.asked}`;
    if (this.asked.size < MOST && !this.asked.has(key)) this.asked.set(key, question);
  }
}
