import * as vscode from 'vscode';
import type { AnalysisHost, HostState } from '../host/analysisHost.ts';
import { builtinCatalogue } from '../host/project/builtinCatalogue.ts';
import type { LocalMachine } from '../host/project/profileCatalogue.ts';
import { RelevantTexts } from '../host/relevantTexts.ts';
import { WorkerHost } from '../host/workerHost.ts';
import { WorkerPool } from '../host/workerPool.ts';
import type { EnginePurpose, EngineWorker } from '../host/workerProtocol.ts';
import type { GreenAiApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { readerFactory } from './createReader.ts';
import { GreenAi } from './greenAi.ts';
import { reportState } from './panel/reportState.ts';
import { ReportCommand } from './reportCommand.ts';

/** What differs between desktop, server and browser. */
interface Platform {
  readonly startEngine: (purpose: EnginePurpose) => EngineWorker;
  /** Workers that share a report on the workspace. */
  readonly reportWorkers: number;
  readonly localMachine: LocalMachine;
}

/** Characters of source whose parsed form the workers of a report keep from summary to analysis, all together. */
const KEPT_CHARACTERS = 2_000_000;

export function activateWith(context: vscode.ExtensionContext, platform: Platform): GreenAiApi {
  const { startEngine: start, reportWorkers } = platform;
  const localMachine = whereTrusted(platform.localMachine);
  const createHost = (onState: (state: HostState) => void): WorkerHost =>
    new WorkerHost({ start: () => start({ kind: 'typing' }), onState });
  const greenAi = new GreenAi({
    extensionUri: context.extensionUri,
    createHost,
    createReader: readerFactory({ ...builtinCatalogue, local: localMachine }, ruleIds(context)),
    localMachine,
  });
  const purpose: EnginePurpose = { kind: 'run', keepLowered: KEPT_CHARACTERS / reportWorkers };
  const onState = (state: HostState): void => {
    if (state.kind === 'restarted' || state.kind === 'stopped') greenAi.log.error(`report: ${state.reason}`);
  };
  const reportHost = (): AnalysisHost =>
    new RelevantTexts(new WorkerPool(reportWorkers, () => new WorkerHost({ start: () => start(purpose), onState })));
  const report = new ReportCommand(
    greenAi,
    reportHost,
    context.extensionUri,
    String(context.extension.packageJSON.version),
  );
  context.subscriptions.push(greenAi, report, registerCommands(greenAi, report, context.extension));
  return {
    whenIdle: () => greenAi.analysis.whenIdle(),
    onDidChangeFindings: greenAi.store.onDidChange,
    findings: (uri) => greenAi.store.findings(uri).map(({ finding }) => finding),
    profile: () => greenAi.profile(),
    status: () => greenAi.statusText,
    impact: () => greenAi.impact(),
    report: async () => {
      const made = await report.run();
      return made && reportState(made);
    },
    exportReport: (format, target) => report.exportReport(format, target),
  };
}

/** A workspace that is not trusted may not start programs by what its files say. */
function whereTrusted(detect: LocalMachine): LocalMachine {
  return async () =>
    vscode.workspace.isTrusted
      ? detect()
      : { failure: 'the hardware is not looked at before the workspace is trusted' };
}

/** From the generated keys of the setting, so that the rules themselves are loaded by the worker only. */
function ruleIds({ extension }: vscode.ExtensionContext): ReadonlySet<string> {
  const manifest = extension.packageJSON as {
    readonly contributes: {
      readonly configuration: {
        readonly properties: { readonly 'greenAi.rules': { readonly properties?: Readonly<Record<string, unknown>> } };
      };
    };
  };
  return new Set(Object.keys(manifest.contributes.configuration.properties['greenAi.rules'].properties ?? {}));
}
