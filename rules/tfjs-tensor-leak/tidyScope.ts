import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { CallExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';

/** Library functions that dispose of what their callback leaves: scopes, gradients, custom layers. */
const OWNERS = /(^|\.)(tidy|minimize|grads?|valueAndGrads?|variableGrads|customGrad|profile|time|filter)$/;
const DATASET = /dataset|\.data\.|csv\(/i;

/** True when a scope of TensorFlow.js may own the tensors that are made here. */
export function isOwned(call: Call, program: Program): boolean {
  const { functions } = enclosing(program.module, call.node);
  return functions.some((definition) => isCallbackOfOwner(definition, program) || isCalledInside(definition, program));
}

function isCallbackOfOwner(definition: FunctionDefinition, program: Program): boolean {
  return program.calls.some(({ node }) => {
    const isArgument = node.args.some(
      ({ value }) =>
        (value.kind === 'function' && value.definition === definition) ||
        (value.kind === 'name' && value.name === definition.name) ||
        (value.kind === 'mapping' && contains(value, definition)),
    );
    return isArgument && isOwner(node, program);
  });
}

function isOwner({ callee, args }: CallExpression, program: Program): boolean {
  const name = program.text(callee);
  if (OWNERS.test(name)) return true;
  // `map` of a dataset runs in `tidy`; `forEachAsync` and `generator` do not (tfjs-data 4.22, dataset.ts and lazy_iterator.ts).
  if (/\.(map|mapAsync|flatMap)$/.test(name)) return DATASET.test(name) || name.endsWith('Async');
  // Callbacks of `fit` get logs, not tensors, but run inside its scope.
  return /\.fit(Dataset)?$/.test(name) && args.length > 0;
}

/** Called from inside a scope, or a method that layers and models call themselves. */
function isCalledInside(definition: FunctionDefinition, program: Program): boolean {
  if (program.classes.some((owner) => owner.bases.length > 0 && contains(owner, definition))) return true;
  return program.callsTo(definition).some((caller) => {
    const { functions } = enclosing(program.module, caller.node);
    return functions.some((outer) => outer !== definition && isCallbackOfOwner(outer, program));
  });
}
