// `npm start [folder]`: everything from a fresh clone to VS Code with Green AI on a folder. Node builtins only.

import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { installCodeServer } from './host/codeServer.mjs';
import { installArguments, startServer } from './host/serverProcess.mjs';
import { onPath } from './lib/onPath.mjs';
import { cacheFolder, root, vsixFile } from './lib/paths.mjs';
import { mustRun } from './lib/runCommand.mjs';
import { checkNode, installDependencies } from './lib/setUp.mjs';
import { StepError } from './lib/stepError.mjs';
import { printFailure, Steps } from './lib/steps.mjs';

/** A fixed port where it is free: the browser keeps the editor's layout per address. */
const usualPort = 8484;

const help = `Usage: npm start [-- options] [folder]

Opens VS Code with Green AI on the folder (default: examples). Uses the desktop VS Code if its
"code" command is on the PATH, else a VS Code server for your browser (downloaded once, about 800 MB).

Options:
  --no-open    only print the address, open no browser
  --server     use the VS Code server even if "code" is on the PATH
  --port N     port of the server (default ${usualPort}, or any free one)
  --help       show this text`;

const options = parseArguments(process.argv.slice(2));
try {
  await start(options);
} catch (error) {
  if (!error.isPrinted) {
    printFailure(error);
  }
  process.exit(1);
}

async function start({ folder, isServer, isOpening, port }) {
  const code = isServer ? undefined : onPath(['code']);
  const steps = new Steps(code === undefined ? 5 : 4);
  await steps.run('Check Node', checkNode);
  await steps.run('Install dependencies', installDependencies);
  if (code !== undefined) {
    await steps.run('Build', () => build(['--strict']));
    await steps.run(`Open VS Code on ${folder}`, () => openDesktop(code, folder));
    return;
  }
  await steps.run('Build and pack the extension', pack);
  const host = await steps.run(
    'Prepare the VS Code server (first time: a download of some minutes)',
    installCodeServer,
  );
  // Listened for before the server exists, so that none outlives an impatient Ctrl-C.
  const interrupted = interruption();
  const server = await steps.run('Start the VS Code server', () => serve(host, port));
  await untilInterrupted(server, addressOf(server, folder), isOpening, interrupted);
}

function parseArguments(args) {
  // npm takes "npm start --no-open" (without "--") for a setting of its own and hands it on as an empty variable.
  const isOpening = process.env.npm_config_open !== '';
  const parsed = { folder: path.join(root, 'examples'), isServer: false, isOpening, port: usualPort };
  const rest = [...args];
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === '--help' || argument === '-h') {
      console.log(help);
      process.exit(0);
    } else if (argument === '--no-open') {
      parsed.isOpening = false;
    } else if (argument === '--server') {
      parsed.isServer = true;
    } else if (argument === '--port') {
      parsed.port = Number(rest.shift());
      if (!Number.isInteger(parsed.port) || parsed.port < 1 || parsed.port > 65_535) {
        usageError('--port needs a number from 1 to 65535');
      }
    } else if (argument.startsWith('-')) {
      usageError(`unknown option ${argument}`);
    } else {
      parsed.folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), argument);
    }
  }
  if (!existsSync(parsed.folder)) {
    usageError(`no such folder: ${parsed.folder}`);
  }
  if (!statSync(parsed.folder).isDirectory()) {
    usageError(`not a folder: ${parsed.folder}`);
  }
  return parsed;
}

function usageError(message) {
  console.error(`start: ${message}\n\n${help}`);
  process.exit(2);
}

async function build(flags) {
  await mustRun(
    process.execPath,
    [path.join('scripts', 'build.mjs'), ...flags],
    'mend the build error above and run the command again',
  );
}

async function pack() {
  await mustRun(
    process.execPath,
    [path.join('scripts', 'package.mjs')],
    'mend the error above and run the command again',
  );
}

async function openDesktop(code, folder) {
  const isScript = process.platform === 'win32';
  const args = [`--extensionDevelopmentPath=${root}`, folder];
  await mustRun(
    isScript ? `"${code}"` : code,
    isScript ? args.map((argument) => `"${argument}"`) : args,
    'run "npm start -- --server" to use VS Code in the browser instead',
    { shell: isScript },
  );
}

async function serve(host, port) {
  const dataDir = path.join(cacheFolder, 'start');
  const extensionsDir = path.join(dataDir, 'extensions');
  const advice = 'delete the folder .vscode-test/start and run the command again';
  await mustRun(host.node, [...installArguments(vsixFile, extensionsDir), '--server-data-dir', dataDir], advice, {
    cwd: host.serverFolder,
  });
  return startServer(host, { dataDir, port, arguments: ['--extensions-dir', extensionsDir] });
}

function addressOf(server, folder) {
  const slashes = folder.replaceAll('\\', '/');
  const query = new URLSearchParams({ tkn: server.token, folder: slashes.startsWith('/') ? slashes : `/${slashes}` });
  return `http://127.0.0.1:${server.port}/?${query}`;
}

/** Resolves when the person stops the script. */
function interruption() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      // The terminal and npm may both send it: a second one must not end the script before the server has stopped.
      process.on(signal, () => resolve(undefined));
    }
  });
}

/** Resolves when the person stopped the server; rejects when it dies by itself. */
async function untilInterrupted(server, address, isOpening, interrupted) {
  console.log(`\nGreen AI is running. Open this address in your browser:\n\n  ${address}\n\nCtrl-C stops it.`);
  if (isOpening) {
    openBrowser(address);
  }
  const early = await Promise.race([interrupted, server.exited.then((code) => ({ code }))]);
  await server.stop();
  if (early !== undefined) {
    throw new StepError(
      `the VS Code server ended by itself with exit code ${early.code}`,
      'run the command again',
      server.output(),
    );
  }
  console.log('\nStopped.');
}

/** Best effort: the address is printed anyway. */
function openBrowser(address) {
  const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address];
  if (isHeadless || onPath([command]) === undefined) {
    return;
  }
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
