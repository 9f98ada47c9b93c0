import * as vscode from 'vscode';
import type { Problem } from '../core/engine/finding.ts';
import { type AnalysisHost, EngineStoppedError, SupersededError } from '../host/analysisHost.ts';
import type { EditorLinks } from './editorLinks.ts';
import type { FindingsStore } from './findingsStore.ts';
import type { ProjectSettingsSource } from './projectSettings.ts';
import {
  type AnalysisTarget,
  isCurrent,
  notebookTarget,
  type Snapshot,
  snapshotOf,
  targetOf,
  targetUri,
} from './snapshot.ts';

interface DocumentAnalysisDependencies {
  readonly host: AnalysisHost;
  readonly store: FindingsStore;
  readonly settings: Pick<ProjectSettingsSource, 'settingsFor' | 'analysisSettings' | 'withBaseline'>;
  readonly links: Pick<EditorLinks, 'known' | 'update' | 'forget' | 'onDidChange'>;
  readonly isEnabled: (uri: vscode.Uri) => boolean;
  readonly debounceMs: () => number;
  readonly report: (outcome: AnalysisOutcome) => void;
}

/** What the status item and the log say about the last analysis of a file or notebook. */
export interface AnalysisOutcome {
  readonly uri: vscode.Uri;
  readonly kind: 'analysed' | 'too-large' | 'excluded' | 'failed' | 'stopped';
  readonly milliseconds?: number;
  readonly problems: readonly Problem[];
  readonly message?: string;
}

/**
 * Keeps the findings of all open documents up to date: waits for a pause in typing, asks the engine, and publishes the
 * answer only while the texts that it speaks about still stand.
 */
export class DocumentAnalysis implements vscode.Disposable {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  /** Number of the newest run per target: an older one may finish later, with settings of yesterday. */
  private readonly newest = new Map<string, number>();
  private runs = 0;
  private isDisposed = false;
  private readonly subscriptions: vscode.Disposable[];
  private readonly settled = new vscode.EventEmitter<void>();

  constructor(private readonly dependencies: DocumentAnalysisDependencies) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.schedule(targetOf(document), 0)),
      vscode.workspace.onDidCloseTextDocument((document) => this.onClosed(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.schedule(targetOf(document), dependencies.debounceMs());
      }),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.schedule(notebookTarget(notebook), 0)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.forget(notebook.uri)),
      vscode.workspace.onDidChangeNotebookDocument((event) => {
        // Cells that came, went or moved carry wrong positions now; outputs and metadata alone change nothing.
        if (event.contentChanges.length > 0) this.schedule(notebookTarget(event.notebook), dependencies.debounceMs());
      }),
      dependencies.links.onDidChange(() => {
        for (const { snapshot } of dependencies.store.all()) this.updateLinks(snapshot);
      }),
      this.settled,
    ];
  }

  /** Analyses every open document again at once: settings, profile or configuration changed, or the engine restarted. */
  refreshAll(): void {
    const fileTargets = vscode.workspace.textDocuments
      .filter((document) => document.uri.scheme !== 'vscode-notebook-cell')
      .map(targetOf);
    for (const target of [...fileTargets, ...vscode.workspace.notebookDocuments.map(notebookTarget)]) {
      this.schedule(target, 0);
    }
  }

  /** Resolves when nothing is scheduled and nothing runs. */
  async whenIdle(): Promise<void> {
    while (this.timers.size > 0 || this.running.size > 0) {
      await new Promise<void>((resolve) => {
        const once = this.settled.event(() => {
          once.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    this.isDisposed = true;
    // No run in flight is the newest any more: none publishes.
    this.newest.clear();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private schedule(target: AnalysisTarget | undefined, delay: number): void {
    if (target === undefined || this.isDisposed) return;
    const key = targetUri(target).toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        this.track(this.analyze(target));
      }, delay),
    );
  }

  private track(work: Promise<void>): void {
    const run = work.finally(() => {
      this.running.delete(run);
      this.settled.fire();
    });
    this.running.add(run);
  }

  /** In the background: the findings that are shown do not wait for other files. */
  private updateLinks(snapshot: Snapshot): void {
    this.track(this.dependencies.links.update(snapshot, () => this.schedule(snapshot.target, 0)));
  }

  private async analyze(target: AnalysisTarget): Promise<void> {
    const uri = targetUri(target);
    const { host, store, settings, links, isEnabled, report } = this.dependencies;
    const started = Date.now();
    const run = ++this.runs;
    this.newest.set(uri.toString(), run);
    if (!isEnabled(uri)) return store.clear(uri);
    try {
      const project = await settings.settingsFor(uri);
      // Taken after the wait: the text may have changed while the configuration was read.
      const snapshot = snapshotOf(target);
      if (this.newest.get(uri.toString()) !== run) return;
      if (snapshot === undefined || project.isExcluded || snapshot === 'too-large') {
        store.clear(uri);
        if (snapshot !== undefined) report({ uri, kind: project.isExcluded ? 'excluded' : 'too-large', problems: [] });
        return;
      }
      const inForce = await settings.analysisSettings(project, snapshot.input, uri);
      if (this.newest.get(uri.toString()) !== run) return;
      const answer = await host.analyze(snapshot.input, inForce, links.known(uri));
      const result = await settings.withBaseline(answer, project, uri);
      if (this.newest.get(uri.toString()) !== run || !isCurrent(snapshot)) return;
      store.publish({ snapshot, result, project });
      const problems = [...project.problems, ...result.problems];
      report({ uri, kind: 'analysed', milliseconds: Date.now() - started, problems });
      this.updateLinks(snapshot);
    } catch (error) {
      if (error instanceof SupersededError || this.newest.get(uri.toString()) !== run) return;
      const kind = error instanceof EngineStoppedError ? 'stopped' : 'failed';
      const message = error instanceof Error ? error.message : String(error);
      report({ uri, kind, problems: [], message });
    }
  }

  /** VS Code closes a document also when its language changes (and opens it again), when it is deleted and when it is renamed. */
  private onClosed(document: vscode.TextDocument): void {
    if (document.uri.scheme !== 'vscode-notebook-cell') this.forget(document.uri);
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.newest.delete(uri.toString());
    this.dependencies.store.clear(uri);
    this.dependencies.links.forget(uri);
    this.settled.fire();
  }
}
