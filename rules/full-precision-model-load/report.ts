import type { Hit } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import { torchFormatName } from '../shared/halfPrecision.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, severityFor } from '../shared/scale.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import type { Candidate } from './candidate.ts';
import type { Verdict } from './loadedFormat.ts';
import type { State } from './state.ts';

/** What is said of a load in float32. */
export function report(program: Program, candidate: Candidate, state: State, result: Verdict): Hit<State> {
  const name = state.modelId === undefined ? 'The model' : `\`${state.modelId}\``;
  const version = transformersVersion(program);
  const isCertain = result === 'fp32' && candidate.device !== undefined;
  const severity = isCertain ? severityFor(state.scale) : 'information';
  const condition = conditionFor(state.scale, severity === 'warning', result);
  return {
    span: state.upcast?.node ?? state.call.node,
    severity,
    message: {
      what: `${name} is ${state.upcast ? 'turned into' : 'loaded in'} float32 for inference.`,
      why: `${whyFloat32(candidate, state.facts, version.kind === 'known' ? version.value.declaredBy : undefined, result)} Twice the bytes of ${torchFormatName(state.format)} are read for every token or image.`,
      advice: state.upcast
        ? 'Leave it in the format in which it was loaded.'
        : `Load it in ${torchFormatName(state.format)}, which ${candidate.isOnAppleGpu ? 'Apple GPUs compute' : `${program.environment.hardware.name} computes`} faster.`,
      ...(condition === undefined ? {} : { condition }),
    },
    related: relatedScale(state.scale),
    requiresStrict: result === 'fp32-if-old',
    state,
  };
}

function whyFloat32(
  { kind, float32, upcast }: Candidate,
  facts: ModelFacts | undefined,
  declaredBy: string | undefined,
  result: Verdict,
): string {
  if (upcast) return 'The conversion turns all weights into four bytes each.';
  if (float32) return 'The call asks for float32.';
  const callee = kind === 'pipeline' ? 'pipeline()' : 'from_pretrained()';
  if (result === 'fp32-if-old')
    return `Without a dtype ${callee} loads float32 in older transformers; which version runs here is not known.`;
  if (facts?.storedFormat === 'fp32') return `The checkpoint is stored in float32 and ${callee} is given no dtype.`;
  return `Without a dtype ${callee} loads float32${declaredBy === undefined ? '' : ` in this version (${declaredBy})`}.`;
}

function conditionFor(scale: Scale, isSure: boolean, result: Verdict): string | undefined {
  if (result === 'fp32-if-old')
    return 'Depends on the installed transformers: 5.0 and later load the checkpoint’s own format.';
  if (isSure) return undefined;
  if (scale.kind === 'once') return 'It runs once here: the saving depends on how much text it generates.';
  return 'The saving depends on how often this code runs.';
}
