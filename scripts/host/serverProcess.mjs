// Starts and stops one VS Code server process. Node builtins only.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { lastLines } from '../lib/runCommand.mjs';
import { StepError } from '../lib/stepError.mjs';

const startLimitMs = 60_000;
const stopLimitMs = 5_000;

/** Nothing leaves the machine, and nothing but the folder and Green AI asks for attention. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'git.enabled': false,
};

/**
 * Starts `host` ({node, serverFolder}) on 127.0.0.1 and resolves, once it listens, to
 * {port, token, exited, output(), logs(), stop()}. `arguments` go to the server as they are.
 */
export async function startServer(host, { dataDir, port = 0, settings = {}, arguments: extra = [] }) {
  writeSettings(dataDir, { ...quietSettings, ...settings });
  const chosenPort = await freePort(port);
  const token = randomBytes(16).toString('hex');
  const child = spawn(
    host.node,
    [
      'out/server-main.js',
      ...['--host', '127.0.0.1', '--port', String(chosenPort), '--connection-token', token],
      ...['--accept-server-license-terms', '--disable-workspace-trust', '--disable-telemetry'],
      ...['--server-data-dir', dataDir, ...extra],
    ],
    // A group of its own: Ctrl-C reaches only the script, which then ends the server in order.
    { cwd: host.serverFolder, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const stop = () => stopServer(child, exited);
  try {
    await listening(child, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: chosenPort, token, exited, output: () => output, logs: () => extensionHostLogs(dataDir), stop };
}

/** Installs a packed extension into `extensionsDir`, as a user would. */
export function installArguments(vsix, extensionsDir) {
  return ['out/server-main.js', '--install-extension', vsix, '--extensions-dir', extensionsDir, '--force'];
}

/** The wanted port if it is free, else any free one. */
async function freePort(wanted) {
  const probe = (port) =>
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const { port: found } = server.address();
        server.close(() => resolve(found));
      });
    });
  return probe(wanted).catch(() => probe(0));
}

function writeSettings(dataDir, settings) {
  for (const scope of ['Machine', 'User']) {
    const folder = path.join(dataDir, 'data', scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  }
}

function listening(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (what) =>
      reject(
        new StepError(
          what,
          'read the lines above; deleting the folder .vscode-test and running again installs the server anew',
          lastLines(output()),
        ),
      );
    const timer = setTimeout(
      () => fail(`the VS Code server did not listen within ${startLimitMs / 1000} s`),
      startLimitMs,
    );
    const check = () => {
      if (/Extension host agent listening on \d+/.test(output())) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', check);
    child.stderr.on('data', check);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(`the VS Code server could not be started: ${error.message}`);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`the VS Code server ended with exit code ${code} while starting`);
    });
  });
}

/** Ends the server by its own process id, then whatever of its group (extension hosts, watchers) is left. */
async function stopServer(child, exited) {
  if (child.pid === undefined) {
    return;
  }
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    await exited;
    clearTimeout(timer);
  }
  if (process.platform !== 'win32') {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }
}

function extensionHostLogs(dataDir) {
  const folder = path.join(dataDir, 'data', 'logs');
  try {
    return readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => /(remoteexthost|remoteagent|Green AI).*\.log$/.test(name))
      .map((name) => `--- ${name}\n${lastLines(readFileSync(path.join(folder, name), 'utf8'))}`)
      .join('\n');
  } catch {
    return '';
  }
}
