/** Path algebra on absolute paths with forward slashes (`/a/b`, `C:/a/b`), the same on every system and in the browser. */

export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  if (slash < 0 || path === '/' || /^[A-Za-z]:\/?$/.test(path)) return undefined;
  if (slash === 0) return '/';
  return /^[A-Za-z]:$/.test(path.slice(0, slash)) ? path.slice(0, slash + 1) : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Path from `folder` where it is inside, else the path itself; '' for the folder. */
export function relativeTo(path: string, folder: string): string {
  if (path === folder) return '';
  return isInside(path, folder) ? path.slice(folder.length + (folder.endsWith('/') ? 0 : 1)) : path;
}

/** `path` as seen from `folder`, with `.` and `..` resolved. */
export function resolvePath(folder: string, path: string): string {
  const normal = path.replaceAll('\\', '/');
  const isAbsolute = normal.startsWith('/') || /^[A-Za-z]:\//.test(normal);
  const parts: string[] = [];
  for (const part of (isAbsolute ? normal : `${folder}/${normal}`).split('/')) {
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.length === 1 && parts[0] === '' ? '/' : parts.join('/');
}

/** The folder and the folders above it up to and including `top`; only the folder when it lies outside. */
export function foldersUpTo(folder: string, top: string): readonly string[] {
  if (!isInside(folder, top)) return [folder];
  const folders = [folder];
  for (let current: string | undefined = folder; current !== undefined && current !== top; ) {
    current = parentOf(current);
    if (current !== undefined) folders.push(current);
  }
  return folders;
}
