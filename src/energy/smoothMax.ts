/** The longer of two durations that overlap: near it where they differ, above it where they are alike. `norm` 1 adds them. */
export function smoothMax(first: number, second: number, norm: number): number {
  return (first ** norm + second ** norm) ** (1 / norm);
}
