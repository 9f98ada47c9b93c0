// Runs an integration suite in a desktop VS Code that @vscode/test-electron downloads.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { onPath } from '../lib/onPath.mjs';
import { cacheFolder } from '../lib/paths.mjs';
import { mustRun, runCommand } from '../lib/runCommand.mjs';
import { StepError } from '../lib/stepError.mjs';
import { SuiteReport } from './suiteReport.mjs';

const downloadIdleMs = 15_000;

/** The executable of a desktop VS Code, or why there is none here: {executable} or {reason}. */
export async function findDesktop() {
  if (process.platform === 'linux' && !process.env.DISPLAY && onPath(['xvfb-run']) === undefined) {
    return { reason: 'there is neither a display nor xvfb-run' };
  }
  try {
    const reporter = { report: () => {}, error: () => {} };
    const executable = await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: cacheFolder,
      timeout: downloadIdleMs,
      reporter,
    });
    return { executable };
  } catch (error) {
    return { reason: `desktop VS Code cannot be downloaded (${error instanceof Error ? error.message : error})` };
  }
}

/** Same contract as the server's `launch` for a suite: {code, output}. */
export async function launchDesktop(executable, { extensionPath, vsix, workspace, tests, limitMs = 300_000 }) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'green-ai-desktop-'));
  const extensionsDir = path.join(dataDir, 'extensions');
  const report = new SuiteReport();
  try {
    const folders = [`--user-data-dir=${path.join(dataDir, 'user')}`, `--extensions-dir=${extensionsDir}`];
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    if (vsix !== undefined) {
      const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
      const shell = process.platform === 'win32';
      await mustRun(
        cli,
        [
          ...args.filter((arg) => !arg.startsWith('--user-data-dir') && !arg.startsWith('--extensions-dir')),
          ...folders,
          ...sandbox,
          '--install-extension',
          vsix,
        ],
        'the packed file may be broken: look at "npm run package"',
        { shell },
      );
    }
    const args = [
      workspace,
      `--extensionTestsPath=${tests}`,
      `--extensionDevelopmentPath=${extensionPath ?? path.dirname(tests)}`,
      ...folders,
      ...sandbox,
      ...['--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', '--disable-updates', '--disable-gpu'],
    ];
    const isBare = process.platform === 'linux' && !process.env.DISPLAY;
    const [command, leading] = isBare ? ['xvfb-run', ['-a', executable]] : [executable, []];
    const { code, output } = await runCommand(command, [...leading, ...args], { timeoutMs: limitMs });
    report.add(output);
    if (code !== 0 && report.text() === '') {
      throw new StepError(
        `VS Code ended with exit code ${code} before the suite reported`,
        'read its log above',
        report.noise(),
      );
    }
    return { code, output: report.text() };
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
