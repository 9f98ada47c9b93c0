// Child processes of the scripts.

import { spawn } from 'node:child_process';
import { root } from './paths.mjs';
import { StepError } from './stepError.mjs';

const keptLines = 40;

/**
 * Runs a program to its end and resolves to {code, output}. `live` also shows the output while it runs.
 * Never rejects for a bad exit code; rejects if the program cannot be started or exceeds `timeoutMs`.
 */
export function runCommand(
  command,
  args,
  { cwd = root, env = process.env, live = false, timeoutMs, shell = false } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    const collect = (stream) => (chunk) => {
      chunks.push(chunk);
      if (live) {
        stream.write(chunk);
      }
    };
    child.stdout.on('data', collect(process.stdout));
    child.stderr.on('data', collect(process.stderr));
    const output = () => Buffer.concat(chunks).toString('utf8');
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal !== null && timer !== undefined && child.killed) {
        reject(
          new StepError(
            `${command} ${args[0] ?? ''} ran longer than ${timeoutMs / 1000} s`,
            'see its output above',
            lastLines(output()),
          ),
        );
        return;
      }
      resolve({ code: code ?? 1, output: output() });
    });
  });
}

/** Runs a program that must succeed; its last lines are part of the error otherwise. Resolves to its output. */
export async function mustRun(command, args, advice, options = {}) {
  const { code, output } = await runCommand(command, args, options);
  if (code !== 0) {
    const details = options.live ? '' : lastLines(output);
    throw new StepError(`${[command, ...args].join(' ')} ended with exit code ${code}`, advice, details);
  }
  return output;
}

/** npm as the command and leading arguments to spawn: the npm that started us, else the one on the PATH. */
export function npm() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) {
    return { command: process.execPath, args: [running], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Runs npm and resolves to its output. */
export async function runNpm(args, advice, options = {}) {
  const { command, args: leading, shell } = npm();
  return mustRun(command, [...leading, ...args], advice, { ...options, shell });
}

export function lastLines(text, count = keptLines) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
