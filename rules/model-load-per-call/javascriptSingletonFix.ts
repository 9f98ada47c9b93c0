import type { Fix } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { lazySingleton } from '../shared/lazySingleton.ts';
import { capitalised, loadedName } from './loaderName.ts';
import type { RepeatedLoad } from './repeatedLoadState.ts';

/** Moves the load into a lazy singleton above the code that repeats it: the first call loads, later ones get the same promise. */
export function javascriptSingletonFix({ load }: RepeatedLoad, program: Program): Fix | undefined {
  const singleton = lazySingleton(program.module, load.node, capitalised(loadedName(load, program)));
  return (
    singleton && {
      title: `Load once and share it through ${singleton.get}()`,
      safety: 'suggestion',
      reason:
        'One instance stays in memory and serves all callers; a load that fails is not tried again until the process restarts.',
      edits: singleton.edits,
    }
  );
}
