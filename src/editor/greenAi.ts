import * as vscode from 'vscode';
import { amountText, intervalText } from '../energy/estimateText.ts';
import type { Profile } from '../energy/profile.ts';
import type { AnalysisHost, HostState } from '../host/analysisHost.ts';
import { totalSaving } from '../report/totalSaving.ts';
import { CodeActions } from './codeActions.ts';
import { ConfigProblems } from './configProblems.ts';
import { type AnalysisOutcome, DocumentAnalysis } from './documentAnalysis.ts';
import { EditorLinks } from './editorLinks.ts';
import { EnergyStatusBar } from './energyStatusBar.ts';
import { type AnalysedTarget, FindingsStore, shownFindings } from './findingsStore.ts';
import { Hovers } from './hovers.ts';
import { ANALYSED_LANGUAGES, LanguageStatus, type StatusReport } from './languageStatus.ts';
import { impactState } from './panel/impactState.ts';
import { IMPACT_VIEW, ImpactView } from './panel/impactView.ts';
import type { ImpactState } from './panel/protocol.ts';
import { type CreateReader, ProjectSettingsSource } from './projectSettings.ts';
import { RuleDocumentation } from './ruleDocumentation.ts';
import { debounceMs, readSettings, SECTION, showsStatusBar } from './settings.ts';
import { notebookTarget, targetOf, targetUri } from './snapshot.ts';
import { locationUri } from './toDiagnostic.ts';
import type { WorkspaceReport } from './workspaceReport.ts';

export interface RestartableHost extends AnalysisHost {
  restart(): void;
}

export interface GreenAiDependencies {
  readonly extensionUri: vscode.Uri;
  readonly createHost: (onState: (state: HostState) => void) => RestartableHost;
  readonly createReader: CreateReader;
}

/** Owns everything the extension has: engine host, findings, providers, status and views. */
export class GreenAi implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Green AI', { log: true });
  readonly documentation: RuleDocumentation;
  readonly store = new FindingsStore();
  readonly settings: ProjectSettingsSource;
  readonly analysis: DocumentAnalysis;
  readonly host: RestartableHost;
  private readonly links: EditorLinks;
  private readonly status = new LanguageStatus();
  private readonly statusBar = new EnergyStatusBar();
  private readonly configProblems = new ConfigProblems();
  private readonly view: ImpactView;
  private readonly outcomes = new Map<string, AnalysisOutcome>();
  private readonly subscriptions: vscode.Disposable[];
  /** File or notebook that the view and the status speak about: the last active one that can be analysed. */
  private subject: vscode.Uri | undefined;
  private stoppedBecause: string | undefined;
  private workspaceProfile: Profile | undefined;
  private lastReport: WorkspaceReport | undefined;

  constructor({ extensionUri, createHost, createReader }: GreenAiDependencies) {
    this.documentation = new RuleDocumentation(extensionUri);
    this.host = createHost((state) => this.onHostState(state));
    this.settings = new ProjectSettingsSource(createReader);
    this.links = new EditorLinks(this.host);
    this.analysis = new DocumentAnalysis({
      host: this.host,
      links: this.links,
      store: this.store,
      settings: this.settings,
      isEnabled: (uri) => readSettings(uri).enable,
      debounceMs,
      report: (outcome) => this.onOutcome(outcome),
    });
    this.view = new ImpactView(
      extensionUri,
      () => this.impact(),
      () => void this.showWorkspaceProfile(),
    );
    const selector = ANALYSED_LANGUAGES.map((language) => ({ language }));
    this.subscriptions = [
      vscode.languages.registerCodeActionsProvider(selector, new CodeActions(this.store), CodeActions.metadata),
      vscode.languages.registerHoverProvider(selector, new Hovers(this)),
      vscode.window.registerWebviewViewProvider(IMPACT_VIEW, this.view),
      vscode.window.onDidChangeActiveTextEditor(() => this.updateSubject()),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.updateSubject()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        // Readers ask for the settings anew each time.
        if (event.affectsConfiguration(SECTION)) this.refresh();
      }),
      this.settings.onDidChange(() => this.refresh()),
      this.store.onDidChange((uri) => this.onFindings(uri)),
    ];
    this.updateSubject();
    this.analysis.refreshAll();
  }

  impact(): ImpactState {
    const file = this.subject && this.store.target(this.subject);
    const path = file?.snapshot.input.path ?? '';
    return impactState({
      profile: this.profile(),
      file: file && { label: path.slice(path.lastIndexOf('/') + 1), findings: shownFindings(file) },
      workspace: this.lastReport,
      target: ({ location }) => ({
        uri: file === undefined ? '' : locationUri(location, file.snapshot).toString(),
        ...location.range.start,
      }),
    });
  }

  /** In force for the subject, or for any analysed file; without one, for the workspace once the view asked for it. */
  profile(): Profile | undefined {
    return this.subjectOrAny()?.project.settings.profile ?? this.workspaceProfile;
  }

  get statusText(): string {
    return this.status.text;
  }

  restart(): void {
    this.stoppedBecause = undefined;
    this.host.restart();
    this.links.reset();
    this.settings.reset();
  }

  /** The view names the profile also while no analysed file is open. */
  private async showWorkspaceProfile(): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder === undefined || this.subjectOrAny() !== undefined) return;
    const { settings } = await this.settings.settingsFor(vscode.Uri.joinPath(folder.uri, 'any.py'));
    this.workspaceProfile = settings.profile;
    this.view.refresh();
  }

  setReport(report: WorkspaceReport): void {
    this.lastReport = report;
    this.view.refresh();
  }

  /** What a bug report needs, without any of the user's code. */
  debugInformation(): Readonly<Record<string, unknown>> {
    const analysed = this.subject && this.store.target(this.subject);
    const outcome = this.subject && this.outcomes.get(this.subject.toString());
    return {
      status: this.statusText,
      stopped: this.stoppedBecause ?? null,
      openAnalysedFiles: this.store.all().length,
      settings: readSettings(this.subject),
      file: {
        scheme: this.subject?.scheme ?? null,
        outcome: outcome?.kind ?? null,
        message: outcome?.message ?? null,
        configuration: analysed?.project.configPath ?? null,
        profile: analysed?.project.settings.profile ?? null,
        versions: analysed?.project.settings.environment.versions ?? null,
        runtime: analysed?.project.settings.environment.runtime ?? null,
        milliseconds: analysed?.result.milliseconds ?? null,
        problems: outcome?.problems ?? [],
      },
    };
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    for (const part of [this.analysis, this.links, this.host, this.settings, this.configProblems]) part.dispose();
    for (const part of [this.store, this.status, this.statusBar, this.log]) part.dispose();
  }

  private refresh(): void {
    this.analysis.refreshAll();
    if (this.workspaceProfile !== undefined) void this.showWorkspaceProfile();
  }

  private subjectOrAny(): AnalysedTarget | undefined {
    return (this.subject && this.store.target(this.subject)) ?? this.store.all()[0];
  }

  private updateSubject(): void {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    const document = vscode.window.activeTextEditor?.document;
    const target = (notebook && notebookTarget(notebook)) ?? (document && targetOf(document));
    // A view, a report or a settings page in front does not change what the numbers are about.
    if (target !== undefined) this.subject = targetUri(target);
    this.refreshSurfaces();
  }

  private onFindings(uri: vscode.Uri): void {
    if (this.store.target(uri) === undefined) {
      this.configProblems.clear(uri);
      this.outcomes.delete(uri.toString());
    }
    this.refreshSurfaces();
  }

  private onOutcome(outcome: AnalysisOutcome): void {
    this.outcomes.set(outcome.uri.toString(), outcome);
    this.configProblems.update(
      outcome.uri,
      outcome.problems
        .filter(({ kind, path }) => kind === 'invalid-config' && path !== '')
        .map((problem) => ({ problem, uri: this.settings.problemUri(problem, outcome.uri) })),
    );
    for (const { kind, path, message } of outcome.problems) {
      if (kind === 'unused-suppression') continue;
      this.log.warn(`${path}: ${kind}: ${message}`);
    }
    if (outcome.message !== undefined) this.log.error(`${outcome.uri.toString(true)}: ${outcome.message}`);
    else this.log.debug(`${outcome.uri.toString(true)}: ${outcome.kind} (${outcome.milliseconds ?? 0} ms)`);
    this.refreshSurfaces();
  }

  private onHostState(state: HostState): void {
    this.stoppedBecause = state.kind === 'stopped' ? state.reason : undefined;
    if (state.kind !== 'running') this.log.error(`the engine ${state.kind}: ${state.reason}`);
    this.refreshSurfaces();
  }

  private refreshSurfaces(): void {
    this.status.show(this.statusReport());
    const analysed = this.subject && this.store.target(this.subject);
    const saving = analysed && totalSaving(shownFindings(analysed));
    const isShown = saving !== undefined && saving.counted > 0 && showsStatusBar();
    this.statusBar.show(
      isShown ? { amount: amountText(saving.energy), interval: intervalText(saving.energy) } : undefined,
    );
    this.view.refresh();
  }

  private statusReport(): StatusReport {
    if (this.stoppedBecause !== undefined) return { kind: 'stopped', reason: this.stoppedBecause };
    const outcome = this.subject && this.outcomes.get(this.subject.toString());
    if (outcome === undefined) return { kind: 'idle' };
    if (outcome.kind === 'too-large') return { kind: 'note', message: vscode.l10n.t('larger than 2 MB: not analysed') };
    if (outcome.kind === 'excluded') return { kind: 'note', message: vscode.l10n.t('excluded by the configuration') };
    if (outcome.message !== undefined) return { kind: 'warning', message: outcome.message };
    const failed = outcome.problems.find(({ kind }) => kind !== 'unused-suppression');
    if (failed !== undefined) return { kind: 'warning', message: failed.message };
    const analysed = this.subject && this.store.target(this.subject);
    if (analysed === undefined) return { kind: 'idle' };
    const { settings, configPath } = analysed.project;
    const config = configPath === undefined ? {} : { config: vscode.workspace.asRelativePath(configPath) };
    return {
      kind: 'analysed',
      milliseconds: outcome.milliseconds ?? 0,
      profile: settings.profile.name,
      ...config,
    };
  }
}
