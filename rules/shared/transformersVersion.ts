import type { VersionRange } from '../../src/core/semantics/environment.ts';
import { type Fact, known } from '../../src/core/semantics/fact.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** TensorFlow's and Flax's classes went with version 5 (MIGRATION_GUIDE_V5.md of transformers), AdamW with 4.50 (pull request 36177). */
const GONE_NAME = /^transformers\.(?:(?:TF|Flax)[A-Z]\w*|AdamW)\b/;
/** Renamed to `eval_strategy` in 4.41; the old name is an error since 4.46 (training_args.py of 4.41: "will be removed in version 4.46"). */
const GONE_ARGUMENT = 'evaluation_strategy';
const ARGUMENTS = /^transformers\.(?:Seq2Seq)?TrainingArguments$/;

/**
 * Versions of transformers that the project allows; where no manifest gives an upper end, what the file's own code can only do before
 * version 5.
 */
export function transformersVersion(program: Program): Fact<VersionRange> {
  return program.once(rangeOf);
}

function rangeOf(program: Program): Fact<VersionRange> {
  const declared = program.environment.versions.version('transformers');
  const range = declared.kind === 'known' ? declared.value : undefined;
  if (range?.exact !== undefined || range?.below !== undefined) return declared;
  const evidence = program.calls.map(evidenceOf).find((text) => text !== undefined);
  if (evidence === undefined) return declared;
  return known({ ...(range?.min === undefined ? {} : { min: range.min }), below: '5', declaredBy: evidence });
}

/** A call that version 5 refuses, in the words of a message. */
function evidenceOf({ name = '', node }: Call): string | undefined {
  if (GONE_NAME.test(name)) return `${name.split('.')[1]} is used, which version 5 does not have`;
  if (!ARGUMENTS.test(name) || !node.args.some((argument) => argument.name === GONE_ARGUMENT)) return undefined;
  return `${GONE_ARGUMENT} is used, which version 5 does not have`;
}
