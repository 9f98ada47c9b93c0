// Looks programs up as a shell would. Node builtins only.

import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Full path of the first of these programs on the PATH. */
export function onPath(programs) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const program of programs) {
    for (const folder of folders) {
      const file = endings.map((ending) => path.join(folder, program + ending)).find(isExecutable);
      if (file !== undefined) {
        return file;
      }
    }
  }
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
