/** What physics says of one item, before measured effects. */
export interface Physics {
  /** Device joules and seconds for one item. */
  readonly joules: number;
  readonly seconds: number;
  /** Log standard deviation of the joules. */
  readonly logSd: number;
}
