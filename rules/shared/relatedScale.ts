import type { RelatedSpan } from '../../src/core/engine/rule.ts';
import { externalSteps } from './externalSteps.ts';
import type { Scale } from './scale.ts';

/** Where the repetition comes from, as a related location. */
export function relatedScale(scale: Scale): readonly RelatedSpan[] {
  if (scale.kind === 'request' || scale.kind === 'event') {
    const often = `for every ${scale.entryPoint.kind}`;
    if (scale.entryPoint.steps) return externalSteps(scale.entryPoint, often);
    return [{ span: scale.entryPoint, message: `runs ${often}` }];
  }
  if (scale.kind === 'elsewhere') {
    const { name, ...location } = scale.loop.step;
    return [{ location, message: `${name === '' ? 'This' : `\`${name}\``} runs in every turn of a loop here` }];
  }
  return scale.kind === 'items' ? [{ span: scale.loop.head, message: 'runs in every turn of this loop' }] : [];
}
