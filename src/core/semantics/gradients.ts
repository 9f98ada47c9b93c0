import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ExternalReach } from '../workspace/linkFacts.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { CallGraph } from './callGraph.ts';
import { type Context, enclosingClass, enclosingFunction, frames } from './context.ts';
import type { Evaluator } from './evaluator.ts';

const DISABLERS =
  /^torch\.(no_grad|inference_mode|autograd\.(no_grad|inference_mode|grad_mode\.(no_grad|inference_mode)))$/;
const SWITCH = /^torch\.(set_grad_enabled|autograd\.set_grad_enabled|autograd\.grad_mode\.set_grad_enabled)$/;
const STATIC_FRAMEWORKS = /^(tensorflow|keras|jax|flax|sklearn|onnxruntime)\b/;
const ENABLERS = /^torch\.(enable_grad|autograd\.(enable_grad|grad_mode\.enable_grad))$/;
/** Hooks that a training framework calls with gradients off, and the bases that make them hooks. */
const FRAMEWORK_BASE =
  /^((pytorch_lightning|lightning(\.pytorch)?)(\.core(\.\w+)?)?\.LightningModule|transformers\.(Seq2Seq)?Trainer|catalyst\.dl\.\w+|ignite\.engine\.\w+)$/;
const FRAMEWORK_HOOK =
  /^(validation|test|predict|prediction|evaluation)_(step|epoch_end|loop)$|^on_(validation|test|predict)_\w+$/;
const MOST_HOPS = 4;

function lastName(expression: Expression): string {
  if (expression.kind === 'name' || expression.kind === 'attribute') return expression.name;
  return '';
}

/** Tells whether PyTorch records gradients at a place: `with` blocks, decorators, global switches, framework hooks, and callers. */
export class Gradients {
  /** What global switches make of code that says nothing nearer itself. */
  private readonly switched: 'off' | 'unknown' | undefined;
  /** All places in one block share their context. */
  private readonly states = new Map<Context, 'on' | 'off' | 'unknown'>();

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
    private readonly graph: CallGraph,
    private readonly reach: ReadonlyMap<FunctionDefinition, ExternalReach>,
  ) {
    this.switched = this.globalSwitch();
  }

  at(context: Context): 'on' | 'off' | 'unknown' {
    const known = this.states.get(context);
    if (known) return known;
    const state = this.state(context, new Set(), 0);
    this.states.set(context, state);
    return state;
  }

  private state(context: Context, seen: Set<FunctionDefinition>, hops: number): 'on' | 'off' | 'unknown' {
    const own = this.within(context);
    if (own) return own;
    const innermost = enclosingFunction(context);
    return innermost ? this.ofCallers(innermost, seen, hops) : 'on';
  }

  /** What the code around a place says itself; `undefined` where only the callers of its function can tell. */
  within(context: Context): 'on' | 'off' | 'unknown' | undefined {
    for (const frame of frames(context)) {
      if (frame.kind === 'with') {
        const state = this.ofContextManagers(frame.statement.items.map((item) => item.context));
        if (state) return state;
      }
      if (frame.kind !== 'function') continue;
      const state = this.ofContextManagers(frame.definition.decorators.map((decorator) => decorator.expression));
      if (state) return state;
      if (this.isFrameworkHook(frame.definition, context)) return 'off';
    }
    return this.switched;
  }

  /** Off where the module itself says so once and for all; a switch in a function, or back again, holds for nobody knows which code. */
  private globalSwitch(): 'off' | 'unknown' | undefined {
    const switches = this.bound.calls.filter((call) => this.isSwitch(call) && this.isStatement(call));
    const off = switches.filter((call) => this.isFalse(call.args[0]?.value));
    if (off.length === 0) return undefined;
    const isForAll = off.every((call) => {
      const info = this.bound.infos.get(call);
      return info !== undefined && enclosingFunction(info.context) === undefined;
    });
    return isForAll && off.length === switches.length ? 'off' : 'unknown';
  }

  private ofCallers(
    definition: FunctionDefinition,
    seen: Set<FunctionDefinition>,
    hops: number,
  ): 'on' | 'off' | 'unknown' {
    if (seen.has(definition) || hops >= MOST_HOPS) return 'unknown';
    seen.add(definition);
    const elsewhere = this.reach.get(definition)?.gradients ?? [];
    const states = [
      ...elsewhere,
      ...this.graph.callsTo(definition).map((site) => {
        const info = this.bound.infos.get(site);
        return info ? this.state(info.context, seen, hops + 1) : 'unknown';
      }),
    ];
    if (states.length === 0) return 'on';
    if (states.includes('on')) return 'on';
    return states.every((state) => state === 'off') ? 'off' : 'unknown';
  }

  private ofContextManagers(expressions: readonly Expression[]): 'on' | 'off' | 'unknown' | undefined {
    for (const expression of expressions) {
      const made = expression.kind === 'call' ? undefined : this.ofMadeBefore(expression);
      if (made === 'other') continue;
      if (made) return made;
      const call = expression.kind === 'call' ? expression : undefined;
      const names = this.evaluator
        .values(call ? call.callee : expression)
        .map((value) => (value.kind === 'symbol' ? value.name : undefined));
      if (names.some((name) => name !== undefined && DISABLERS.test(name)))
        return this.isFalse(call?.args[0]?.value) ? 'on' : 'off';
      if (names.some((name) => name !== undefined && ENABLERS.test(name))) return 'on';
      if (names.some((name) => name !== undefined && SWITCH.test(name)))
        return this.isFalse(call?.args[0]?.value) ? 'off' : 'unknown';
      if (names.every((name) => name === undefined)) {
        // Unresolved (a star import) or the project's own wrapper: the name is all there is.
        const last = lastName(call ? call.callee : expression);
        if (last === 'no_grad' || last === 'inference_mode') return 'off';
        if (/grad|inference/i.test(last)) return 'unknown';
      }
      // A context manager of unknown origin may well be the project's own `no_grad`.
      if (!call && names.every((name) => name === undefined) && expression.kind === 'name') return 'unknown';
    }
    return undefined;
  }

  /** `ctx = torch.no_grad()` … `with ctx:`; `other` for a lock, a file and the like. */
  private ofMadeBefore(expression: Expression): 'on' | 'off' | 'unknown' | 'other' | undefined {
    const values = this.evaluator.values(expression);
    if (!values.every((value) => value.kind === 'instance')) return undefined;
    const types = values.map(({ type }) => type.replace(/\(\)$/, ''));
    if (types.every((type) => DISABLERS.test(type))) return 'off';
    if (types.every((type) => ENABLERS.test(type))) return 'on';
    return types.some((type) => DISABLERS.test(type) || SWITCH.test(type)) ? 'unknown' : 'other';
  }

  private isSwitch(call: CallExpression): boolean {
    const name = this.evaluator.calleeName(call);
    return name !== undefined && SWITCH.test(name);
  }

  private isStatement(call: CallExpression): boolean {
    const parent = this.bound.infos.get(call)?.parent;
    return parent?.kind === 'expression';
  }

  private isFalse(expression: Expression | undefined): boolean {
    if (!expression) return false;
    const values = this.evaluator.values(expression);
    return values.length === 1 && values[0]?.kind === 'constant' && values[0].value === false;
  }

  private isFrameworkHook(definition: FunctionDefinition, context: Context): boolean {
    if (!FRAMEWORK_HOOK.test(definition.name ?? '')) return false;
    const owner = enclosingClass(context);
    return (
      owner !== undefined &&
      this.evaluator.libraryBases(owner).some((base) => FRAMEWORK_BASE.test(base) || STATIC_FRAMEWORKS.test(base))
    );
  }
}
