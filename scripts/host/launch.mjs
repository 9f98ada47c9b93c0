// Opens the real VS Code workbench (server build, driven through Chromium) with Green AI in it, either as the
// development folder or as the packed file, and runs an integration suite inside or hands the page to a caller.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { lastLines, mustRun } from '../lib/runCommand.mjs';
import { StepError } from '../lib/stepError.mjs';
import { findChromium, launchOptions } from './chromium.mjs';
import { installCodeServer } from './codeServer.mjs';
import { installArguments, startServer } from './serverProcess.mjs';
import { SuiteReport } from './suiteReport.mjs';

/**
 * @param {object} options
 * @param {string} [options.extensionPath] development folder to load; or
 * @param {string} [options.vsix] packed extension to install first
 * @param {string} options.workspace folder to open
 * @param {string} [options.openFile] file to show in the editor
 * @param {string} [options.tests] module with `run()` for the extension host, without ending
 * @param {(page: import('playwright-core').Page, output: () => string) => Promise<void>} [options.onPage]
 *   works with the loaded workbench; without `tests` the launch ends when it settles
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {{width: number, height: number, scale?: number}} [options.view]
 * @param {number} [options.limitMs] hard limit of the whole launch
 * @returns {Promise<{code: number, output: string}>} exit code of the suite (0 without one) and what it printed
 */
export async function launch({
  extensionPath,
  vsix,
  workspace,
  openFile,
  tests,
  onPage,
  settings,
  view,
  limitMs = 300_000,
}) {
  const host = await installCodeServer();
  const executablePath = await findChromium();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'green-ai-vscode-'));
  const extensionsDir = path.join(dataDir, 'extensions');
  const cleanUp = [() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const report = new SuiteReport();
  try {
    if (vsix !== undefined) {
      const advice = 'the packed file may be broken: look at "npm run package"';
      await mustRun(host.node, [...installArguments(vsix, extensionsDir), '--server-data-dir', dataDir], advice, {
        cwd: host.serverFolder,
      });
    }
    const development = extensionPath ?? emptyExtension(dataDir);
    const server = await startServer(host, {
      dataDir,
      ...(settings === undefined ? {} : { settings }),
      arguments: ['--extensions-dir', extensionsDir, '--enable-smoke-test-driver'],
    });
    cleanUp.unshift(server.stop);
    const browser = await chromium.launch({ ...launchOptions, executablePath });
    cleanUp.unshift(() => browser.close());
    const size = { width: view?.width ?? 1280, height: view?.height ?? 800 };
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: view?.scale ?? 1 });
    const failed = watchForFailure(page, server, limitMs);
    const suite = await watchSuite(page, report);
    try {
      const needed = vsix === undefined || tests !== undefined ? development : undefined;
      const url = workbenchUrl(server, { workspace, openFile, development: needed, tests });
      await Promise.race([failed, page.goto(url)]);
      await Promise.race([failed, page.waitForSelector('.monaco-workbench', { timeout: limitMs })]);
      if (onPage !== undefined) {
        await Promise.race([failed, onPage(page, () => report.text())]);
      }
      const code = tests === undefined ? 0 : await Promise.race([failed, suite.exit]);
      return { code, output: report.text() };
    } catch (error) {
      const details = [report.noise(), server.logs(), lastLines(server.output())].join('\n');
      throw error instanceof StepError
        ? new StepError(error.message, error.advice, details)
        : withDetails(error, details);
    }
  } finally {
    for (const action of cleanUp) {
      await action();
    }
  }
}

function workbenchUrl(server, { workspace, openFile, development, tests }) {
  const authority = `127.0.0.1:${server.port}`;
  const remote = (file) => `vscode-remote://${authority}${encodeURI(toPosix(file))}`;
  const payload = [
    ...(development === undefined ? [] : [['extensionDevelopmentPath', remote(development)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(openFile === undefined ? [] : [['openFile', remote(openFile)]]),
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams({
    tkn: server.token,
    folder: toPosix(workspace),
    payload: JSON.stringify(payload),
  });
  return `http://${authority}/?${query}`;
}

/** VS Code runs a suite only beside an extension under development; with a packed Green AI that is an empty one. */
function emptyExtension(dataDir) {
  const folder = path.join(dataDir, 'empty-extension');
  mkdirSync(folder);
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** Prints what the suite logs; `exit` settles with its exit code. */
async function watchSuite(page, report) {
  let resolveExit = () => {};
  const exit = new Promise((resolve) => {
    resolveExit = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (_type, args) => report.add(args.map(String).join(' ')));
  await page.exposeFunction('codeAutomationExit', (code) => resolveExit(code));
  return { exit };
}

/** Never resolves; rejects if the page or the server dies or time is up. */
function watchForFailure(page, server, limitMs) {
  const failed = new Promise((_resolve, reject) => {
    const fail = (what) => reject(new StepError(what, 'read the logs of VS Code above'));
    setTimeout(() => fail(`VS Code did not finish within ${limitMs / 1000} s`), limitMs).unref();
    page.on('crash', () => fail('the browser page crashed'));
    server.exited.then((code) => fail(`the VS Code server ended early with exit code ${code}`));
  });
  // Handled by whoever races it; a late rejection after the end is of no interest.
  failed.catch(() => {});
  return failed;
}

function withDetails(error, details) {
  error.message = `${error.message}\n${details}`;
  return error;
}

function toPosix(file) {
  const slashes = file.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}
