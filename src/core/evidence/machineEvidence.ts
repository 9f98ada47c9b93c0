import type { Range } from '../text/position.ts';

/** What a file of the project, or a notebook, says of the machine that its code runs on. */
export interface MachineEvidence {
  readonly kind: 'cpu' | 'gpu';
  /** Chip or instance type as written: `T4`, `nvidia-tesla-t4`, `g5.xlarge`; absent where only the kind is said. */
  readonly chip?: string;
  /** Number of accelerators. */
  readonly count?: number;
  readonly from: EvidencePlace;
}

/** Where a fact was read, for messages: `docker-compose.yml: driver: nvidia`. */
export interface EvidencePlace {
  readonly path: string;
  /** Cell of a notebook; the range is inside it. */
  readonly cell?: number;
  readonly range?: Range;
  /** The line that says it. */
  readonly text: string;
}

/**
 * What the evidence says together, nearest first: the kind that all agree on, with the first chip that is named. `undefined` where
 * there is none or where files contradict each other (one requirements file for each machine).
 */
export function agreedMachine(evidence: readonly MachineEvidence[]): MachineEvidence | undefined {
  const [first] = evidence;
  if (!first || evidence.some(({ kind }) => kind !== first.kind)) return undefined;
  return evidence.find(({ chip }) => chip !== undefined) ?? first;
}
