import ignore, { type Ignore } from 'ignore';

/** The rules of all `.gitignore` files of one folder tree. Paths are relative to its root, with forward slashes. */
export class GitIgnore {
  private readonly rules = new Map<string, Ignore>();

  /** `folder` is that of the .gitignore file: empty for the root, else without a slash at its ends. */
  add(folder: string, text: string): void {
    this.rules.set(folder, ignore().add(text));
  }

  /** As git does: a file below an ignored folder is ignored, whatever deeper files say. */
  ignores(path: string): boolean {
    for (const [folder, rules] of this.rules) {
      const prefix = folder === '' ? '' : `${folder}/`;
      if (path.startsWith(prefix) && path.length > prefix.length && rules.ignores(path.slice(prefix.length)))
        return true;
    }
    return false;
  }
}
