import * as vscode from 'vscode';

/** The rules' own pages, bundled with the extension so that they open without a network. */
export class RuleDocumentation {
  constructor(private readonly extensionUri: vscode.Uri) {}

  /** Ids of all rules, in order. */
  async ids(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.folder());
    return entries
      .map(([name]) => name)
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.slice(0, -'.md'.length))
      .sort();
  }

  /** Heading and first paragraph of a rule's page; undefined for an id that no rule has. */
  async summary(id: string): Promise<string | undefined> {
    const text = await this.read(id);
    if (text === undefined) return undefined;
    const body = text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
    const title = /^#\s+(.+)$/m.exec(body)?.[1];
    const paragraph = body
      .split(/\r?\n\s*\r?\n/)
      .map((block) => block.replace(/^#+ .*\r?\n?/gm, '').trim())
      .find((block) => block !== '');
    return [`**${id}**${title === undefined || title === id ? '' : `: ${title}`}`, paragraph]
      .filter(Boolean)
      .join('\n\n');
  }

  /** Opens the rendered page beside the code. */
  async open(id: string): Promise<void> {
    if ((await this.read(id)) === undefined) {
      void vscode.window.showErrorMessage(vscode.l10n.t('Green AI has no rule "{0}".', id));
      return;
    }
    await vscode.commands.executeCommand('markdown.showPreviewToSide', this.page(id));
  }

  private async read(id: string): Promise<string | undefined> {
    if (!/^[a-z0-9-]+$/.test(id)) return undefined;
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.page(id)));
    } catch {
      return undefined;
    }
  }

  private folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', 'rules');
  }

  private page(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder(), `${id}.md`);
  }
}
