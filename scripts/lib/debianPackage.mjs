// Programs that a suite needs: on Debian as root they are installed with apt, elsewhere their absence is said.

import { onPath } from './onPath.mjs';
import { runCommand } from './runCommand.mjs';
import { StepError } from './stepError.mjs';

/** Path of a program; where it is missing and may be installed, its Debian package is. `undefined` where it cannot be had. */
export async function findOrInstall(names, debianPackage) {
  const found = onPath(names);
  const isRoot = process.getuid?.() === 0;
  if (found !== undefined || process.platform !== 'linux' || !isRoot || onPath(['apt-get']) === undefined) return found;
  console.log(`      no ${names[0]} on the PATH: installing the Debian package ${debianPackage}`);
  await apt(['update'], debianPackage);
  await apt(['install', '-y', '--no-install-recommends', debianPackage], debianPackage);
  return onPath(names);
}

async function apt(args, debianPackage) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await runCommand('apt-get', args, { env });
  if (code === 0) return;
  throw new StepError(
    `apt-get ${args.join(' ')} ended with exit code ${code}`,
    `install the package ${debianPackage} by hand, then run the command again`,
    output.split('\n').slice(-15).join('\n'),
  );
}
