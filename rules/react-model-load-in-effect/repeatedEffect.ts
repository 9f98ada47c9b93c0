import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import { type IrNode, walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { runsOf } from '../shared/modelRuns.ts';
import { effectAround } from '../shared/reactEffect.ts';

/** A model load in an effect that React runs again and again. */
export interface RepeatedEffect {
  readonly load: Call;
  readonly hook: CallExpression;
  readonly trigger: /** No list of dependencies. */
    | { readonly kind: 'render' }
    /** A dependency that each render makes anew: an object, a list or a function. */
    | { readonly kind: 'literal'; readonly name: string; readonly place: Span }
    /** A dependency that the loaded model runs on, and that does not choose the model. */
    | { readonly kind: 'input'; readonly name: string; readonly place: Span };
}

export function repeatedEffect(load: Call, program: Program): RepeatedEffect | undefined {
  const effect = effectAround(load, program);
  if (!effect) return undefined;
  const hook = effect.node;
  if (hook.args.length === 1) {
    return isGuarded(load, hook, program) ? undefined : { load, hook, trigger: { kind: 'render' } };
  }
  const list = hook.args[1]?.value;
  if (list?.kind !== 'sequence') return undefined;
  const listed = new Set(list.elements.flatMap((element) => readNames(element)));
  if (isGuardedByOthers(load, hook, listed)) return undefined;
  for (const dependency of list.elements) {
    const [name] = readNames(dependency);
    if (name === undefined) continue;
    const kind = isMadeInRender(dependency, effect, program)
      ? 'literal'
      : isInputOnly(name, load, hook, program)
        ? 'input'
        : undefined;
    if (kind) return { load, hook, trigger: { kind, name: program.text(dependency), place: dependency } };
  }
  return undefined;
}

/** `const options = { … }` or `const load = () => …` in the body of the component: never equal to that of the render before. */
function isMadeInRender(dependency: Expression, effect: Call, program: Program): boolean {
  const component = effect.place.function;
  if (dependency.kind !== 'name' || component === undefined) return false;
  const [value, ...others] = program.values(dependency);
  if (others.length > 0 || !value) return false;
  if (value.kind === 'function')
    return value.definition !== component && contains(component.bodySpan, value.definition);
  if (value.kind !== 'collection' || !contains(component.bodySpan, value.node)) return false;
  // What a hook is given (`useState({ … })`) it keeps.
  return program.parent(value.node)?.kind === 'assign';
}

/** The model is run on the dependency inside the effect, and nothing that it is loaded with reads it. */
function isInputOnly(name: string, load: Call, hook: Span, program: Program): boolean {
  if (load.node.args.some(({ value }) => readNames(value).includes(name))) return false;
  return runsOf(program, load).some(
    ({ node }) => contains(hook, node) && node.args.some(({ value }) => readNames(value).includes(name)),
  );
}

/** Under any condition or after an early return inside the effect. */
function isGuarded(load: Call, hook: Span, program: Program): boolean {
  const { statements, functions } = enclosing(program.module, load.node);
  if (statements.some(({ kind, start }) => kind === 'if' && start > hook.start)) return true;
  const body = functions.filter(({ start }) => start > hook.start).map(({ bodySpan }) => program.text(bodySpan));
  return body.some((text) => /\bif\s*\(|\?\?=|\|\|=|&&/.test(text));
}

/** A condition before the load that reads something other than the dependencies may ask whether the model is there. */
function isGuardedByOthers(load: Call, hook: CallExpression, listed: ReadonlySet<string>): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: hook }])) {
    if (node.start >= load.node.start) continue;
    const isLazy = (node.kind === 'assign' || node.kind === 'assignment') && /^(\?\?|\|\||&&)=$/.test(node.operator);
    if (isLazy && contains(node, load.node)) return true;
    const test = testOf(node);
    if (test && readNames(test).some((name) => !listed.has(name))) return true;
  }
  return false;
}

/** What decides whether code further down runs. */
function testOf(node: IrNode['node']): Expression | undefined {
  if (node.kind === 'if' || node.kind === 'conditional') return node.test;
  return node.kind === 'logical' ? node.left : undefined;
}
