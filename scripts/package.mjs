// Builds the minified product and packs it: green-ai.vsix. `npm run package`. Fails above the size limit.

import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { root, vsixFile } from './lib/paths.mjs';
import { mustRun } from './lib/runCommand.mjs';
import { installDependencies } from './lib/setUp.mjs';
import { StepError } from './lib/stepError.mjs';
import { printFailure } from './lib/steps.mjs';

const sizeLimit = 2_000_000;

try {
  await installDependencies();
  const size = await packExtension();
  console.log(`${path.basename(vsixFile)}: ${(size / 1e6).toFixed(2)} MB (limit ${(sizeLimit / 1e6).toFixed(0)} MB)`);
} catch (error) {
  printFailure(error);
  process.exit(1);
}

async function packExtension() {
  rmSync(vsixFile, { force: true });
  await mustRun(
    process.execPath,
    [path.join('scripts', 'build.mjs'), '--minify', '--strict'],
    'mend the build error above',
    {
      live: true,
    },
  );
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  await mustRun(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--out', vsixFile],
    'mend what vsce names above',
    {
      live: true,
    },
  );
  const { size } = statSync(vsixFile);
  if (size > sizeLimit) {
    throw new StepError(
      `${path.basename(vsixFile)} has ${size} bytes, more than ${sizeLimit}`,
      'look at the list of files above: something entered the package or a bundle that does not belong there',
    );
  }
  return size;
}
