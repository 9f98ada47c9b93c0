// Takes the pictures of the README from the running extension: `node scripts/screenshots.mjs` after `npm run package`.
// Nothing waits for a time: each picture is taken when the thing that it shows is on the screen.

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from './host/launch.mjs';
import { cacheFolder, root, vsixFile } from './lib/paths.mjs';

const media = path.join(root, 'media');
const squiggle = '.view-overlays .cdr.squiggly-warning, .view-overlays .cdr.squiggly-info';
const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

const file = process.argv[2] ?? 'infer.py';
if (!existsSync(vsixFile)) {
  console.error('screenshots: run "npm run package" first');
  process.exit(1);
}
const workspace = path.join(mkdtempSync(path.join(tmpdir(), 'green-ai-pictures-')), 'examples');
cpSync(path.join(root, 'examples'), workspace, { recursive: true });
if (!existsSync(path.join(workspace, file))) {
  console.error(`screenshots: no such file: examples/${file}`);
  process.exit(1);
}
try {
  await launch({
    vsix: vsixFile,
    workspace,
    openFile: path.join(workspace, file),
    settings,
    view: { width: 1180, height: 740, scale: 1.5 },
    onPage: (page) => takePictures(page).catch((error) => failurePicture(page, error)),
  });
} finally {
  rmSync(path.dirname(workspace), { recursive: true, force: true });
}

async function takePictures(page) {
  page.setDefaultTimeout(60_000);
  const first = page.locator(squiggle).first();
  await first.waitFor();
  await save(page, 'editor');

  // The squiggle lies under the text, which takes the mouse.
  const box = await first.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 - 6];
  await page.mouse.move(x, y);
  await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor();
  await save(page, 'hover');
  await page.keyboard.press('Escape');

  await page.mouse.move(0, 0);
  await page.locator('.monaco-hover:not(.hidden)').first().waitFor({ state: 'hidden' });
  await page.mouse.click(x, y);
  await runCommand(page, 'Quick Fix...');
  await page.locator('.action-widget .monaco-list-row').first().waitFor();
  await save(page, 'quick-fix');
  await page.keyboard.press('Escape');

  await runCommand(page, 'Green AI: Show Energy Impact');
  await webviewText(page, 'kWh');
  await save(page, 'impact');

  await runCommand(page, 'Green AI: Report');
  await webviewText(page, 'Green AI report');
  await save(page, 'report');
}

async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Waits for a text inside the newest webview: VS Code nests its page two frames deep. */
async function webviewText(page, text) {
  const outer = page.locator('iframe.webview.ready').last().contentFrame();
  await outer.locator('iframe#active-frame').contentFrame().getByText(text).first().waitFor();
}

/** What the screen showed instead of what was waited for. */
async function failurePicture(page, error) {
  await page.screenshot({ path: path.join(cacheFolder, 'failure.png') });
  console.error(`screenshots: see ${path.join(cacheFolder, 'failure.png')}`);
  throw error;
}

async function save(page, name) {
  await page.screenshot({ path: path.join(media, `${name}.png`) });
  console.log(`media/${name}.png`);
}
