import type { RelatedSpan } from '../../src/core/engine/rule.ts';
import type { EntryPoint } from '../../src/core/semantics/place.ts';

/** The way from an entry point in another file down into this one, nearest call first; empty for an entry point of this file. */
export function externalSteps({ steps = [], framework }: EntryPoint, often: string): readonly RelatedSpan[] {
  const [entry, ...calls] = steps;
  if (!entry) return [];
  const way = calls.reverse().map(({ name, ...location }): RelatedSpan => {
    return { location, message: `${name === '' ? 'The function' : `\`${name}\``} is called here` };
  });
  const { name, ...location } = entry;
  return [...way, { location, message: `${name === '' ? 'This' : `\`${name}\``} runs ${often} (${framework})` }];
}
