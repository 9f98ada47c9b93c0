import type { NotebookCell } from '../../core/engine/analysis.ts';

/** A package installation in a cell, which pins versions as a requirements file does. */
export interface InstallCommand {
  readonly cell: number;
  /** The command without `!` or `%`: `pip install transformers==4.44.0`. */
  readonly text: string;
}

const install =
  /^[ \t]*[!%]?[ \t]*((?:(?:uv|python3?[ \t]+-m|\{sys\.executable\}[ \t]+-m)[ \t]+)?(?:pip3?|conda|mamba|micromamba)[ \t]+install\b.*)$/gm;

/** Installations in the code cells, in order; continued lines are joined. */
export function installCommands(cells: readonly NotebookCell[]): InstallCommand[] {
  return cells.flatMap(({ language, text }, cell) =>
    language === 'python' && text.includes('install')
      ? [...text.replace(/\\\r?\n/g, ' ').matchAll(install)].map(([, command = '']) => ({ cell, text: command.trim() }))
      : [],
  );
}
