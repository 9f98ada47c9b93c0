/** Folders that hold other people's or generated code. Hidden folders are left out by their dot. */
const LIBRARY_FOLDERS: ReadonlySet<string> = new Set([
  '__pycache__',
  '__pypackages__',
  'bower_components',
  'build',
  'coverage',
  'dist',
  'jspm_packages',
  'node_modules',
  'out',
  'site-packages',
  'venv',
]);

export function isLibraryFolder(name: string): boolean {
  return name.startsWith('.') || LIBRARY_FOLDERS.has(name) || name.endsWith('.egg-info');
}

/** Minified scripts: nobody edits them, and their lines are too long to show. */
export function isGenerated(name: string): boolean {
  return /[.-](?:min|bundle)\.[cm]?js$/i.test(name);
}
