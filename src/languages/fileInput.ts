import type { AnalysisInput } from '../core/engine/analysis.ts';
import { componentScript, isComponent } from './component/componentScript.ts';
import { languageOf } from './languageOf.ts';

/** A source file as the engine takes it; `undefined` for a file in a language that is not analysed. */
export function fileInput(path: string, text: string): (AnalysisInput & { kind: 'file' }) | undefined {
  const language = isComponent(path) ? componentScript(text).language : languageOf(path);
  return language && { kind: 'file', path, language, text };
}
