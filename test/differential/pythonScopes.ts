import type { NameExpression } from '../../src/core/ir/expression.ts';
import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import { bindModule } from '../../src/core/semantics/binding/bindModule.ts';
import type { Binding } from '../../src/core/semantics/binding/scope.ts';

/** Where the binding finds each name that a module reads, in the form that pythonSymtable.py prints. */
export function pythonScopes(module: SourceModule): readonly string[] {
  const bound = bindModule(module);
  const hidden = namesInTemplates(module.body);
  return [...bound.reads]
    .filter(([node]) => !hidden.has(node))
    .map(([node, { binding }]) => `${node.start} ${node.name} ${scopeOf(binding)}`);
}

function scopeOf(binding: Binding | undefined): string {
  if (binding === undefined) return 'none';
  const { kind, owner } = binding.scope;
  if (kind === 'comprehension') return 'comprehension';
  return owner.kind === 'function' ? `function@${owner.definition.start}` : owner.kind;
}

/** Names inside f-strings, found by the plain object structure of the model. */
function namesInTemplates(
  value: unknown,
  isInTemplate = false,
  found = new Set<NameExpression>(),
): Set<NameExpression> {
  if (Array.isArray(value)) {
    for (const item of value) namesInTemplates(item, isInTemplate, found);
    return found;
  }
  if (typeof value !== 'object' || value === null) return found;
  if (isInTemplate && isName(value)) found.add(value);
  const isTemplate = isInTemplate || ('kind' in value && value.kind === 'template');
  for (const part of Object.values(value)) namesInTemplates(part, isTemplate, found);
  return found;
}

function isName(value: object): value is NameExpression {
  return 'kind' in value && value.kind === 'name';
}
