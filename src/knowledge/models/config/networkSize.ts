/** Parameters of a network as its configuration implies them, with what the energy model asks for. Counts. */
export interface NetworkSize {
  readonly parameters: number;
  /** Where only a part works on a token (mixtures of experts). */
  readonly activeParameters?: number;
  readonly layers?: number;
  readonly hidden?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  /** Where it is not hidden / heads. */
  readonly headSize?: number;
  readonly experts?: number;
  readonly expertsPerToken?: number;
  readonly context?: number;
}
