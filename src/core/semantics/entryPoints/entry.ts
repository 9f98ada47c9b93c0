import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression } from '../../ir/expression.ts';
import type { EntryPoint } from '../place.ts';
import type { Value } from '../value.ts';

/** A function that a framework calls again and again; `definition` is absent for a module that is re-run as a whole. */
export interface Entry {
  readonly definition?: FunctionDefinition;
  readonly kind: EntryPoint['kind'];
  readonly framework: string;
}

/** A function of another file that is registered here: `router.post('/chat', chat)` for `import { chat } from './controller'`. */
export interface ImportedEntry extends Pick<Entry, 'kind' | 'framework'> {
  readonly value: Value;
  readonly call: CallExpression;
  /** Only the name of its first parameter can prove that it answers requests. */
  readonly isProvenByParameter?: true;
}
