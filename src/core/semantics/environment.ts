import type { LocalModelFacts } from '../../energy/modelFacts.ts';
import type { MachineEvidence } from '../evidence/machineEvidence.ts';
import type { Fact } from './fact.ts';
import type { NamedFiles } from './namedFiles.ts';

/** What is true around a file: library versions, hardware in force, runtime. Given by the host, never read by the engine. */
export interface Environment {
  readonly versions: VersionFacts;
  readonly hardware: HardwareFacts;
  /** `node` or `browser` for JavaScript where files or manifests prove it. */
  readonly runtime: Fact<'node' | 'browser'>;
  /** The machine that deployment files, notebook metadata or saved outputs prove; absent where they say nothing or contradict. */
  readonly machine?: MachineEvidence | undefined;
  /** Models that the text loads from folders of the workspace. */
  readonly localModels?: LocalModelFacts;
  /** Models and data files of the workspace that the text names. */
  readonly files?: NamedFiles;
}

export interface VersionFacts {
  /**
   * Declared or resolved version of a distribution (`transformers`, `@huggingface/transformers`) for this file.
   * `absent`: the manifests were read and do not name it. `unknown`: no manifest, or a range that does not decide.
   */
  version(distribution: string): Fact<VersionRange>;
}

/** Closed-open range of versions that the manifests allow; a pin has `min` equal to the pinned version and `exact`. */
export interface VersionRange {
  readonly min?: string;
  /** Exclusive upper bound. */
  readonly below?: string;
  readonly exact?: string;
  /** Manifest and its text, for messages: `requirements.txt: transformers==4.44.0`. */
  readonly declaredBy: string;
}

/** The hardware profile in force, in the terms that rules ask for. */
export interface HardwareFacts {
  readonly profileId: string;
  readonly name: string;
  readonly kind: 'cpu' | 'gpu' | 'mps';
  readonly memoryGb: number;
  /** Formats that the device computes faster than fp32. */
  readonly fastFormats: readonly ('bf16' | 'fp16' | 'tf32' | 'fp8' | 'int8' | 'int4')[];
}
