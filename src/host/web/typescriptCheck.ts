/**
 * Stands for `fixCheck/typescriptCheck.ts` in the browser bundle, which does not carry the TypeScript compiler: no text counts as
 * checked, so bulk fixes leave TypeScript and JavaScript alone there. Single fixes, which a person looks at, work as ever.
 */
export function parsesAsTypeScript(): { readonly message: string; readonly line: number; readonly column: number } {
  return { message: 'TypeScript cannot be checked in the browser', line: 1, column: 0 };
}
