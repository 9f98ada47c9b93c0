/** LSP position: line and character are 0-based, character counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** LSP range: `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
