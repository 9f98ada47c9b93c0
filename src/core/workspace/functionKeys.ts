/**
 * Names by which functions of one file are found again after edits elsewhere in it: the function's own name and its number among
 * those of the same name. `functions` in source order.
 */
export function functionKeys(functions: readonly { readonly name?: string }[]): readonly string[] {
  const counts = new Map<string, number>();
  return functions.map(({ name = '' }) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return `${name}#${count}`;
  });
}
