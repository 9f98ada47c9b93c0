/** Value of a numeric literal; undefined for a big integer (`10n`) and for text that is no number. */
export function numberValue(source: string): number | undefined {
  const digits = source.replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  const value = Number(digits);
  return Number.isNaN(value) ? undefined : value;
}
