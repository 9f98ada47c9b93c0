import * as vscode from 'vscode';
import { COMMANDS } from './commandIds.ts';
import type { FindingsStore } from './findingsStore.ts';
import { impactMarkdown } from './impactMarkdown.ts';
import type { RuleDocumentation } from './ruleDocumentation.ts';
import { isCurrent } from './snapshot.ts';

const TRUSTED = {
  enabledCommands: [COMMANDS.selectProfile, COMMANDS.openRuleDocumentation, COMMANDS.showImpact],
};

const SUPPRESSION = /green-ai:\s*ignore(?:-file)?\[([^\]]*)\]/;

interface HoverDependencies {
  readonly store: FindingsStore;
  readonly documentation: RuleDocumentation;
}

/** The estimate with its assumptions on a finding; what a rule is about on its id in a suppression comment. */
export class Hovers implements vscode.HoverProvider {
  constructor(private readonly dependencies: HoverDependencies) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    return this.findingHover(document, position) ?? (await this.suppressionHover(document, position));
  }

  private findingHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const shown = this.dependencies.store
      .findings(document.uri)
      .filter(({ diagnostic, analysed }) => diagnostic.range.contains(position) && isCurrent(analysed.snapshot));
    const [first] = shown;
    if (first === undefined) return undefined;
    const { profile } = first.analysed.project.settings;
    const contents = shown.map(({ finding }) => trusted(impactMarkdown(finding, profile)));
    return new vscode.Hover(contents, first.diagnostic.range);
  }

  private async suppressionHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const line = document.lineAt(position.line).text;
    const comment = SUPPRESSION.exec(line);
    if (comment === null) return undefined;
    const listStart = comment.index + comment[0].length - 1 - (comment[1] ?? '').length;
    for (const id of (comment[1] ?? '').matchAll(/[a-z0-9-]+/g)) {
      const start = listStart + id.index;
      const range = new vscode.Range(position.line, start, position.line, start + id[0].length);
      if (range.contains(position)) return new vscode.Hover(await this.ruleText(id[0]), range);
    }
    return undefined;
  }

  private async ruleText(id: string): Promise<vscode.MarkdownString> {
    const summary = await this.dependencies.documentation.summary(id);
    if (summary === undefined) return trusted(`Green AI has no rule \`${id}\`.`);
    const argument = encodeURIComponent(JSON.stringify([id]));
    return trusted(`${summary}\n\n[Documentation](command:${COMMANDS.openRuleDocumentation}?${argument})`);
  }
}

function trusted(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown);
  text.isTrusted = TRUSTED;
  return text;
}
