/** Folders of other people's code and of caches, which no report is about. */
const NEVER = ['**/node_modules', '**/bower_components', '**/site-packages', '**/dist-packages', '**/.venv', '**/venv'];

/**
 * One glob for all patterns that are switched on in settings such as `search.exclude` (a `when` condition counts as off).
 * VS Code does not nest braces, so that patterns with braces are written out.
 */
export function excludeGlob(...settings: readonly unknown[]): string {
  const patterns = settings.flatMap((setting) =>
    typeof setting !== 'object' || setting === null
      ? []
      : Object.entries(setting).flatMap(([pattern, isOn]) => (isOn === true ? expandBraces(pattern) : [])),
  );
  return `{${[...new Set([...NEVER, ...patterns])].join(',')}}`;
}

function expandBraces(pattern: string): string[] {
  const group = /\{([^{}]*)\}/.exec(pattern);
  if (group === null) return [pattern];
  const [whole, choices = ''] = group;
  return choices
    .split(',')
    .flatMap((choice) =>
      expandBraces(pattern.slice(0, group.index) + choice + pattern.slice(group.index + whole.length)),
    );
}
