import type { Place } from '../semantics/place.ts';
import type { Call, Program } from '../semantics/program.ts';
import { entryPointText } from './placeFacts.ts';
import { expressionFactText, scalarFactText } from './valueText.ts';

type Tell = (asked: string, answer: () => string) => void;

/** A call that tells what a rule asks about it. */
export function watchedCall(program: Program, call: Call, tell: Tell): Call {
  return new Proxy(call, {
    get(target, key) {
      switch (key) {
        case 'name':
          tell('callee', () => target.name ?? 'unknown');
          return target.name;
        case 'api':
          tell('API data', () => target.api?.roles.join(', ') || target.api?.name || 'none');
          return target.api;
        case 'place':
          return watchedPlace(target.place, tell);
        case 'argument':
          return (parameter: string) => {
            const fact = target.argument(parameter);
            tell(`argument ${parameter}`, () => expressionFactText(program, fact));
            return fact;
          };
        case 'constantArgument':
          return (parameter: string) => {
            const fact = target.constantArgument(parameter);
            tell(`argument ${parameter}`, () => scalarFactText(fact));
            return fact;
          };
        default:
          return Reflect.get(target, key, target);
      }
    },
  });
}

/** A place that tells which of its facts are read. */
export function watchedPlace(place: Place, tell: Tell): Place {
  return new Proxy(place, {
    get(target, key) {
      const [asked, answer] = placeQuestion(target, key);
      if (asked !== undefined) tell(asked, () => answer);
      return Reflect.get(target, key, target);
    },
  });
}

function placeQuestion(place: Place, key: string | symbol): readonly [asked: string | undefined, answer: string] {
  switch (key) {
    case 'loops':
      return ['loops', place.loops.map(({ form, purpose }) => `${form} over ${purpose}`).join(', ') || 'none'];
    case 'entryPoint':
      return ['entry point', place.entryPoint ? entryPointText(place.entryPoint) : 'none'];
    case 'isMemoised':
      return ['kept between calls', place.isMemoised ? 'yes' : 'no'];
    case 'gradients':
      return ['gradients', place.gradients];
    case 'phase':
      return ['phase', place.phase];
    case 'callers':
      return ['callers', place.callers];
    case 'function':
      return ['function around it', place.function ? (place.function.name ?? '(anonymous)') : 'none'];
    default:
      return [undefined, ''];
  }
}
