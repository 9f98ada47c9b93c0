/** What functions do with a value that they are handed, through those that they hand it on to. */
export interface Handling {
  /** Names of the methods that are called on it. */
  readonly methods: readonly string[];
  /** Qualified names of the library functions that get it as an argument. */
  readonly callees: readonly string[];
  /** It may outlive the call or reach code that cannot be read: returned, stored, given another name, handed to something unknown. */
  readonly isKept: boolean;
}

/** Of code that cannot be read. */
export const UNKNOWN_HANDLING: Handling = { methods: [], callees: [], isKept: true };

export function handedToLibrary(name: string): Handling {
  return { methods: [], callees: [name], isKept: false };
}

export function joined(handlings: readonly Handling[]): Handling {
  return {
    methods: [...new Set(handlings.flatMap(({ methods }) => methods))],
    callees: [...new Set(handlings.flatMap(({ callees }) => callees))],
    isKept: handlings.some(({ isKept }) => isKept),
  };
}
