import type { Call, Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';

/** What the author calls the loaded value: `model`, `classifier`; `model` where it has no plain name. */
export function loadedName(load: Call, program: Program): string {
  const statement = enclosing(program.module, load.node).statements.at(-1);
  if (statement?.kind !== 'assign') return 'model';
  const [target] = statement.targets;
  const value = statement.value?.kind === 'await' ? statement.value.value : statement.value;
  const isDirect = value !== undefined && value.start <= load.node.start && load.node.end <= value.end;
  return isDirect && target?.kind === 'name' && /^[a-z]\w{1,30}$/.test(target.name) ? target.name : 'model';
}

export function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
