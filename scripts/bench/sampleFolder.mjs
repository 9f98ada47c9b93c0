// Real sources that any machine with the project has: its own, those of the installed packages, Python's library.

import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { runCommand } from '../lib/runCommand.mjs';

const source = /\.(?:py|[mc]?[jt]s|[jt]sx)$/;
const mostPerPlace = 1500;

/** A new folder with copies; whoever asks for it removes it. */
export async function sampleFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'green-ai-bench-'));
  for (const name of ['examples', 'rules', 'src', 'test']) copySources(path.join(root, name), path.join(folder, name));
  copySources(path.join(root, 'node_modules'), path.join(folder, 'packages'));
  const python = await pythonLibrary();
  if (python !== undefined) copySources(python, path.join(folder, 'python'));
  return folder;
}

function copySources(from, to) {
  const names = readdirSync(from, { recursive: true })
    .map(String)
    .filter((name) => source.test(name) && !/\.min\.js$|(?:^|[\\/])site-packages[\\/]/.test(name))
    .sort()
    .slice(0, mostPerPlace);
  for (const name of names) {
    // Folders of libraries are left out by both programs.
    const target = path.join(
      to,
      name.replaceAll('node_modules', 'nested').replace(/(^|[\\/])(?:dist|build|out|lib)(?=[\\/])/g, '$1sources'),
    );
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(from, name), target, { recursive: true });
  }
}

async function pythonLibrary() {
  try {
    const { code, output } = await runCommand('python3', [
      '-c',
      'import sysconfig; print(sysconfig.get_path("stdlib"))',
    ]);
    return code === 0 ? output.trim() : undefined;
  } catch {
    return undefined;
  }
}
