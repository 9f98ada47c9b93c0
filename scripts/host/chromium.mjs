// Finds the browser that drives the VS Code server in tests and for pictures.

import { existsSync } from 'node:fs';
import { onPath } from '../lib/onPath.mjs';
import { runCommand } from '../lib/runCommand.mjs';
import { StepError } from '../lib/stepError.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge'];
const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Options for playwright's `chromium.launch`: no background traffic, software rendering. */
export const launchOptions = {
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** The executable of a Chromium browser; on Debian as root it is installed with apt where it is missing. */
export async function findChromium() {
  const found = onPath(names) ?? otherPlaces.find((place) => existsSync(place));
  if (found !== undefined) {
    return found;
  }
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot && onPath(['apt-get']) !== undefined) {
    console.log('      no Chromium on the PATH: installing the Debian package chromium');
    await apt(['update']);
    await apt(['install', '-y', '--no-install-recommends', 'chromium']);
    const installed = onPath(names);
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new StepError(
    'no Chromium browser was found to drive VS Code',
    'install Chromium or Google Chrome so that "chromium" or "google-chrome" is on the PATH (on Debian: apt-get install chromium)',
  );
}

async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await runCommand('apt-get', args, { env });
  if (code !== 0) {
    throw new StepError(
      `apt-get ${args.join(' ')} ended with exit code ${code}`,
      'install the package chromium by hand, then run the command again',
      output.split('\n').slice(-15).join('\n'),
    );
  }
}
