import { isInside, parentOf, relativeTo } from './paths.ts';

/** Path from a folder, such as the working directory, `../` where it has to be; absolute on another drive. */
export function displayPath(absolute: string, cwd: string): string {
  if (absolute === cwd) return '.';
  let ups = '';
  for (let base: string | undefined = cwd; base !== undefined; base = parentOf(base)) {
    if (isInside(absolute, base)) return ups + relativeTo(absolute, base);
    ups += '../';
  }
  return absolute;
}
