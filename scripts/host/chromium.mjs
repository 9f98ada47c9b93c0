// Finds the browser that drives the VS Code server in tests and for pictures.

import { existsSync } from 'node:fs';
import { findOrInstall } from '../lib/debianPackage.mjs';
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
  const found = otherPlaces.find((place) => existsSync(place)) ?? (await findOrInstall(names, 'chromium'));
  if (found !== undefined) return found;
  throw new StepError(
    'no Chromium browser was found to drive VS Code',
    'install Chromium or Google Chrome so that "chromium" or "google-chrome" is on the PATH (on Debian: apt-get install chromium)',
  );
}
