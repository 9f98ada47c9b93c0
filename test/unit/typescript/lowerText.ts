import type { Language, SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { lowerTypeScript } from '../../../src/languages/typescript/lowerTypeScript.ts';
import { loadParsers, parseOrFail } from '../syntax/loadParsers.ts';

export type LowerText = (text: string, language?: Language) => SourceModule;

/** Loads the shipped grammars and gives the front end as one function from text. */
export async function typeScriptLowering(): Promise<LowerText> {
  const parsers = await loadParsers('typescript', 'tsx');
  return (text, language = 'typescript') => lowerTypeScript(parseOrFail(parsers, language, text));
}
