// Where things are, for scripts that run before anything is installed.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Downloads that outlive a run: VS Code, the Node it needs. Git ignores it. */
export const cacheFolder = path.join(root, '.vscode-test');

export const vsixFile = path.join(root, 'green-ai.vsix');
