import type { SourceModule } from '../ir/sourceModule.ts';
import type { AnalysisDocument } from './document.ts';

/**
 * Lowered files between their summary and their analysis, so that a run over a folder parses each once. Each is handed out once;
 * what comes when there is no more room is parsed again.
 */
export class LoweredModules {
  private readonly kept = new Map<string, { readonly text: string; readonly module: SourceModule }>();
  private characters = 0;

  /** `room` in characters of source text; a lowered module takes about fifty bytes for each. */
  constructor(private readonly room: number) {}

  keep({ path, text }: AnalysisDocument, module: SourceModule): void {
    if (this.kept.has(path) || this.characters + text.length > this.room) return;
    this.kept.set(path, { text, module });
    this.characters += text.length;
  }

  take({ path, text, handlers }: AnalysisDocument): SourceModule | undefined {
    const found = this.kept.get(path);
    if (!found) return undefined;
    this.kept.delete(path);
    this.characters -= found.text.length;
    // The template around a script can change without it.
    const isSame = found.text === text && found.module.handlers?.join() === handlers?.join();
    return isSame ? found.module : undefined;
  }
}
