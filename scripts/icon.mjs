// Renders media/src/icon.svg to media/icon.png (the marketplace takes no SVG). Run by hand after a change of the drawing.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium, launchOptions } from './host/chromium.mjs';
import { root } from './lib/paths.mjs';

const pixels = 256;
const browser = await chromium.launch({ ...launchOptions, executablePath: await findChromium() });
try {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
  const drawing = readFileSync(path.join(root, 'media', 'src', 'icon.svg'), 'utf8');
  await page.setContent(`<style>html, body { margin: 0; background: transparent }</style>${drawing}`);
  await page.locator('svg').screenshot({ path: path.join(root, 'media', 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
