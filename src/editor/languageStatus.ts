import * as vscode from 'vscode';
import { COMMANDS } from './commandIds.ts';

export const ANALYSED_LANGUAGES = [
  'python',
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'vue',
  'svelte',
] as const;

export type StatusReport =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'analysed';
      readonly milliseconds: number;
      readonly profile: string;
      readonly config?: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'stopped'; readonly reason: string };

/** The entry behind `{}` in the status bar: state, time of the last analysis, profile and configuration in force. */
export class LanguageStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem(
    'greenAi.status',
    ANALYSED_LANGUAGES.map((language) => ({ language })),
  );

  constructor() {
    this.item.name = 'Green AI';
    this.show({ kind: 'idle' });
  }

  show(report: StatusReport): void {
    const { item } = this;
    item.severity = SEVERITIES[report.kind];
    item.text = report.kind === 'stopped' ? vscode.l10n.t('Green AI stopped') : 'Green AI';
    item.detail = detailOf(report);
    item.command =
      report.kind === 'stopped'
        ? { title: vscode.l10n.t('Restart'), command: COMMANDS.restart, tooltip: report.reason }
        : { title: vscode.l10n.t('Profile'), command: COMMANDS.selectProfile };
  }

  /** For tests and the debug information. */
  get text(): string {
    return [this.item.text, this.item.detail].filter(Boolean).join(': ');
  }

  dispose(): void {
    this.item.dispose();
  }
}

const SEVERITIES: Readonly<Record<StatusReport['kind'], vscode.LanguageStatusSeverity>> = {
  idle: vscode.LanguageStatusSeverity.Information,
  analysed: vscode.LanguageStatusSeverity.Information,
  note: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  stopped: vscode.LanguageStatusSeverity.Error,
};

function detailOf(report: StatusReport): string {
  switch (report.kind) {
    case 'idle':
      return '';
    case 'analysed':
      return [
        `${report.milliseconds} ms`,
        report.profile,
        report.config ?? vscode.l10n.t('no configuration file'),
        ...report.notes,
      ].join(' · ');
    case 'note':
    case 'warning':
      return report.message;
    case 'stopped':
      return report.reason;
  }
}
