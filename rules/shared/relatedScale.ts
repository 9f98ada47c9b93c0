import type { RelatedSpan } from '../../src/core/engine/rule.ts';
import type { Scale } from './scale.ts';

/** Where the repetition comes from, as a related location. */
export function relatedScale(scale: Scale): readonly RelatedSpan[] {
  if (scale.kind === 'request' || scale.kind === 'event') {
    return [{ span: scale.entryPoint, message: `runs for every ${scale.entryPoint.kind}` }];
  }
  return scale.kind === 'items' ? [{ span: scale.loop.head, message: 'runs in every turn of this loop' }] : [];
}
