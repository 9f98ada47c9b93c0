import { childExpressions } from '../../src/core/ir/children.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';

const MOST_STEPS = 6;
/** Functions that give another path for the same arguments never. */
const PATH_FUNCTIONS = /^(os\.path\.\w+|os\.fspath|pathlib\.(Path|PurePath)|builtins\.str)$/;

/** True when the path is the same for every sample: constants and attributes of `self` that the method does not set. */
export function isSameForAll(program: Program, path: Expression, method: FunctionDefinition, steps = 0): boolean {
  if (steps > MOST_STEPS) return false;
  const again = (part: Expression): boolean => isSameForAll(program, part, method, steps + 1);
  switch (path.kind) {
    case 'literal':
      return true;
    case 'name':
      return isFixedName(program, path, method, steps);
    case 'attribute':
      return (
        isOwnAttribute(path, method) ||
        (path.object.kind !== 'name' && again(path.object)) ||
        isFixedName(program, path.object, method, steps)
      );
    case 'call': {
      const name = program.callOf(path)?.name;
      return name !== undefined && PATH_FUNCTIONS.test(name) && path.args.every(({ value }) => again(value));
    }
    case 'operation':
      return /^[+/%]$/.test(path.operator) && path.operands.every(again);
    case 'template':
      return childExpressions(path).every(again);
    default:
      return false;
  }
}

function isFixedName(program: Program, name: Expression, method: FunctionDefinition, steps: number): boolean {
  if (name.kind !== 'name' || name.name === 'self') return false;
  const parameters = method.parameters.map(({ target }) => (target.kind === 'name' ? target.name : ''));
  if (parameters.includes(name.name)) return false;
  for (const { node } of walk(method.body)) {
    if (node.kind === 'for' || node.kind === 'with' || node.kind === 'comprehension') {
      if (bindsIn(program, node, name.name)) return false;
      continue;
    }
    if (node.kind !== 'assign' || !node.targets.some((target) => program.text(target) === name.name)) continue;
    return node.value !== undefined && isSameForAll(program, node.value, method, steps + 1);
  }
  return !program.dependsOn(name, method);
}

function bindsIn(program: Program, node: { readonly start: number; readonly end: number }, name: string): boolean {
  const head = program.text(node).split('\n')[0] ?? '';
  return new RegExp(`\\b(for|as)\\b[^:]*\\b${name}\\b`).test(head);
}

/** `self.path`, which `__init__` set; not what this method stores for itself. */
function isOwnAttribute(path: Expression & { kind: 'attribute' }, method: FunctionDefinition): boolean {
  if (path.object.kind !== 'name' || path.object.name !== 'self') return false;
  for (const { node } of walk(method.body)) {
    if (node.kind !== 'assign') continue;
    if (node.targets.some((target) => target.kind === 'attribute' && target.name === path.name)) return false;
  }
  return true;
}
