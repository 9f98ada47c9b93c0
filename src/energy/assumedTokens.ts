import { findArchitecture } from '../knowledge/architectures/findArchitecture.ts';
import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { ModelFacts } from './modelFacts.ts';
import type { Workload } from './workload.ts';

/** Tokens of prompt and answer: as stated, else the usual ones, noted and widened by what was assumed. */
export function tokensOf(
  workload: Workload,
  model: ModelFacts | undefined,
  assumptions: string[],
  spread: number[],
): { inputTokens: number; outputTokens: number } {
  const embeds = workload.kind === 'hosted-call' && model?.hosted?.size === 'embedding';
  const generates = !embeds && (workload.kind === 'generate' || workload.kind === 'hosted-call');
  const seesPictures = model?.kind === 'vision' || model?.kind === 'detection';
  const readsText = !seesPictures && model?.kind !== 'diffusion' && model?.kind !== 'speech';
  const trains = workload.kind === 'train' && readsText;
  const usesTokens = generates || workload.kind === 'encode' || trains;
  const inputTokens =
    workload.inputTokens ?? (generates ? assumedInput(model) : workload.kind === 'speech' ? 1500 : 128);
  const outputTokens =
    workload.outputTokens ?? (embeds ? 1 : workload.kind === 'speech' || model?.kind === 'speech' ? 100 : 250);
  if (generates && workload.outputTokens === undefined) {
    const input = workload.inputTokens === undefined ? `${inputTokens} input and ` : '';
    assumptions.push(`${input}${outputTokens} output tokens per request are assumed.`);
    spread.push(logSdOfFactor(constants.interval.tokensAssumed));
  } else if (usesTokens && workload.inputTokens === undefined) {
    assumptions.push(`${inputTokens} tokens per item are assumed.`);
    spread.push(
      logSdOfFactor(
        generates
          ? promptOf(model) === 'text'
            ? 1.2
            : constants.interval.picturePrompt
          : constants.interval.tokensAssumed,
      ),
    );
  }
  return { inputTokens: Math.max(1, inputTokens), outputTokens: Math.max(1, outputTokens) };
}

/** Median prompt of measured chats, of code completion with its file, of a question about a picture. */
function assumedInput(model: ModelFacts | undefined): number {
  const assumed = constants.generate.assumedInputTokens;
  switch (promptOf(model)) {
    case 'text':
      return Math.round(assumed.text);
    case 'code':
      return Math.round(assumed.code);
    case 'picture':
      return Math.round(assumed.text + (findArchitecture(model?.id).imageTokens ?? assumed.image));
    case 'text or picture':
      return Math.round(
        Math.sqrt(assumed.text * (assumed.text + (findArchitecture(model?.id).imageTokens ?? assumed.image))),
      );
  }
}

export type Prompt = 'text' | 'code' | 'picture' | 'text or picture';

/** What a model is usually asked. Models made for pictures say so in their names; general models that can also see mostly get text. */
export function promptOf(model: ModelFacts | undefined): Prompt {
  if (model?.kind === 'multimodal')
    return /vl|vision|llava|omni|chameleon|pixtral/i.test(model.id) ? 'picture' : 'text or picture';
  return model?.task === 'code' ? 'code' : 'text';
}
