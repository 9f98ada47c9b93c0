import type { SourceModule } from '../../ir/sourceModule.ts';
import type { BoundModule } from './boundModule.ts';
import { ModuleBinder } from './moduleBinder.ts';

/** Binds a module in one walk: declares scopes, follows the flow of every owner, and records where each node sits. */
export function bindModule(module: SourceModule): BoundModule {
  return new ModuleBinder().bind(module).bound;
}
