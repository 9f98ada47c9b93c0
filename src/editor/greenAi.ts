import * as vscode from 'vscode';
import type { Profile } from '../energy/profile.ts';
import type { HostState, RestartableHost } from '../host/analysisHost.ts';
import type { LocalMachine } from '../host/project/profileCatalogue.ts';
import { CodeActions } from './codeActions.ts';
import { ConfigProblems } from './configProblems.ts';
import { type AnalysisOutcome, DocumentAnalysis } from './documentAnalysis.ts';
import { EditorLinks } from './editorLinks.ts';
import { EnergyStatusBar } from './energyStatusBar.ts';
import { type AnalysedTarget, FindingsStore, shownFindings } from './findingsStore.ts';
import { Hovers } from './hovers.ts';
import { ANALYSED_LANGUAGES, LanguageStatus } from './languageStatus.ts';
import { logOutcome } from './outcomeLog.ts';
import { impactState } from './panel/impactState.ts';
import { IMPACT_VIEW, ImpactView } from './panel/impactView.ts';
import type { ImpactState } from './panel/protocol.ts';
import { type CreateReader, ProjectSettingsSource } from './projectSettings.ts';
import { RuleDocumentation } from './ruleDocumentation.ts';
import { debounceMs, readSettings, SECTION } from './settings.ts';
import { notebookTarget, targetOf, targetUri } from './snapshot.ts';
import { type StatusSources, statusReport } from './statusReport.ts';
import { locationUri } from './toDiagnostic.ts';
import type { WorkspaceReport } from './workspaceReport.ts';

interface GreenAiDependencies {
  readonly extensionUri: vscode.Uri;
  readonly createHost: (onState: (state: HostState) => void) => RestartableHost;
  readonly createReader: CreateReader;
  readonly localMachine: LocalMachine;
}

/** Owns everything the extension has: engine host, findings, providers, status and views. */
export class GreenAi implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Green AI', { log: true });
  readonly documentation: RuleDocumentation;
  readonly store = new FindingsStore();
  readonly settings: ProjectSettingsSource;
  readonly analysis: DocumentAnalysis;
  readonly host: RestartableHost;
  readonly localMachine: LocalMachine;
  private readonly links: EditorLinks;
  private readonly status = new LanguageStatus();
  private readonly statusBar = new EnergyStatusBar();
  private readonly configProblems = new ConfigProblems();
  private readonly view: ImpactView;
  private readonly outcomes = new Map<string, AnalysisOutcome>();
  private readonly subscriptions: vscode.Disposable[];
  private subject: vscode.Uri | undefined;
  private engine: HostState = { kind: 'running' };
  private workspaceProfile: Profile | undefined;
  private lastReport: WorkspaceReport | undefined;

  constructor({ extensionUri, createHost, createReader, localMachine }: GreenAiDependencies) {
    this.localMachine = localMachine;
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

  /** What the status item and a bug report speak about. */
  state(): StatusSources {
    const { subject } = this;
    return {
      engine: this.engine,
      subject,
      outcome: subject && this.outcomes.get(subject.toString()),
      analysed: subject && this.store.target(subject),
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
    logOutcome(this.log, outcome);
    this.refreshSurfaces();
  }

  private onHostState(state: HostState): void {
    this.engine = state;
    if (state.kind !== 'running') this.log.error(`the engine ${state.kind}: ${state.reason}`);
    this.refreshSurfaces();
  }

  private refreshSurfaces(): void {
    const state = this.state();
    this.status.show(statusReport(state));
    this.statusBar.show(state.analysed);
    this.view.refresh();
  }
}
