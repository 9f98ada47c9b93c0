import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import type { HalfFormat } from '../shared/halfPrecision.ts';
import type { Scale } from '../shared/scale.ts';

export interface State {
  readonly call: Call;
  readonly format: HalfFormat;
  readonly modelId: string | undefined;
  readonly facts: ModelFacts | undefined;
  readonly scale: Scale;
  /** The value that asks for float32. */
  readonly float32: Expression | undefined;
  readonly upcast: Call | undefined;
}
