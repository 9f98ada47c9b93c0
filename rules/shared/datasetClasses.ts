import type { ClassDefinition, FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ExternalOwner } from '../../src/core/semantics/value.ts';
import { contains } from '../../src/core/text/span.ts';

const DATASET_BASES =
  /^(torch\.utils\.data\.(dataset\.)?Dataset|torchvision\.datasets\.\w+|(keras|tf_keras|tensorflow\.keras)\.(utils|utils\.data_utils)\.(Sequence|PyDataset))$/;
const ITERABLE = /IterableDataset$/;

/** True for a class whose objects hand out samples by number: a PyTorch `Dataset`, a Keras `Sequence`. */
export function isMapDataset(program: Program, definition: ClassDefinition | ExternalOwner): boolean {
  const bases = program.libraryBases(definition);
  return bases.some((base) => DATASET_BASES.test(base)) && !bases.some((base) => ITERABLE.test(base));
}

export function methodOf(definition: ClassDefinition, name: string): FunctionDefinition | undefined {
  for (const statement of definition.body) {
    if (statement.kind === 'function' && statement.definition.name === name) return statement.definition;
  }
  return undefined;
}

/** Calls that run for each sample: in `__getitem__`, and in methods and functions of this file that it calls directly. */
export function callsPerSample(program: Program, definition: ClassDefinition): readonly Call[] {
  const item = methodOf(definition, '__getitem__');
  if (item === undefined) return [];
  const direct = program.calls.filter(({ node }) => contains(item.bodySpan, node));
  const called = direct.flatMap(({ node }) => calledBy(program, definition, node));
  return [...direct, ...program.calls.filter(({ node }) => called.some(({ bodySpan }) => contains(bodySpan, node)))];
}

function calledBy(program: Program, owner: ClassDefinition, node: Call['node']): readonly FunctionDefinition[] {
  const { callee } = node;
  if (callee.kind === 'attribute' && callee.object.kind === 'name' && callee.object.name === 'self') {
    const method = methodOf(owner, callee.name);
    return method ? [method] : [];
  }
  if (callee.kind !== 'name') return [];
  return program.values(callee).flatMap((value) => (value.kind === 'function' ? [value.definition] : []));
}
