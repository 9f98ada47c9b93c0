import type { SourceModule } from '../../ir/sourceModule.ts';
import { BindingWalk } from './bindingWalk.ts';
import { bindStatements } from './bindStatement.ts';
import type { BoundModule } from './boundModule.ts';
import { declareBlock, declareOwner } from './predeclare.ts';

/** Binds a module in one walk: declares scopes, follows the flow of every owner, and records where each node sits. */
export function bindModule(module: SourceModule): BoundModule {
  const walk = new BindingWalk(module);
  const moduleScope = walk.scope;
  declareOwner(module.body, moduleScope, module.language);
  if (!walk.isPython) declareBlock(module.body, moduleScope);
  bindStatements(walk, module.body);
  const { records } = walk;
  for (const read of records.reads.values()) {
    if (!read.binding) continue;
    const isShared = read.isClosure || records.writtenElsewhere.has(read.binding);
    if (isShared) read.definitions = read.binding.definitions;
  }
  return { module, moduleScope, ...records };
}
