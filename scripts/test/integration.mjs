// Runs the integration suites in a real VS Code: once with the development folder, once with the packed extension.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDesktop, launchDesktop } from '../host/desktop.mjs';
import { launch } from '../host/launch.mjs';
import { root, vsixFile } from '../lib/paths.mjs';

const tests = path.join(root, 'out', 'test', 'index');
const countLine = /^integration suites: (\d+) passed, (\d+) failed$/m;

/** Chooses the VS Code of this machine; the answer runs one kind of extension and resolves to {passed, failed}. */
export async function integrationHost() {
  const desktop = await findDesktop();
  if (desktop.reason !== undefined) {
    console.log(`      ${desktop.reason}: using the VS Code server in Chromium`);
  }
  const start = desktop.executable === undefined ? launch : (options) => launchDesktop(desktop.executable, options);
  return (kind) => runSuites(start, kind);
}

/** `kind` is 'folder' (what developers run) or 'package' (what users get). */
async function runSuites(start, kind) {
  // Suites change files; a copy keeps the sources as they are.
  const workspace = mkdtempSync(path.join(tmpdir(), 'green-ai-workspace-'));
  try {
    cpSync(path.join(root, 'test', 'integration', 'workspace'), workspace, { recursive: true });
    const extension = kind === 'folder' ? { extensionPath: root } : { vsix: vsixFile };
    const { code, output } = await start({ ...extension, workspace, tests });
    const [, passed, failed] = countLine.exec(output) ?? [];
    if (passed === undefined) {
      throw new Error(`the suites reported no counts (exit code ${code})`);
    }
    const counts = { passed: Number(passed), failed: Number(failed) };
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The packed extension in the browser's own extension host, where there is no Node: findings appear in an opened file. */
export async function browserExtensionHost() {
  const workspace = mkdtempSync(path.join(tmpdir(), 'green-ai-workspace-'));
  try {
    cpSync(path.join(root, 'examples'), workspace, { recursive: true });
    await launch({
      vsix: vsixFile,
      workspace,
      openFile: path.join(workspace, 'infer.py'),
      // The server's extension host, which is Node, must not run it.
      settings: { 'remote.extensionKind': { 'green-ai.green-ai': ['web'] } },
      onPage: async (page) => {
        await page.waitForSelector('.view-overlays .cdr.squiggly-warning', { timeout: 120_000 });
      },
    });
    return { passed: 1, failed: 0 };
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
