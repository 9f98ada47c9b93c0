import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression } from '../../ir/expression.ts';
import { walk } from '../../ir/walk.ts';
import type { Call, Program } from '../program.ts';
import { type Bounds, Sizes } from './sizes.ts';
import { layerParameters } from './torchLayers.ts';

const MODULE = /^(torch\.nn\.(Module|Sequential|ModuleList)|(pytorch_)?lightning\.(\w+\.)*LightningModule)$/;
/** Calls that make no weights. */
const MAKES_NONE =
  /^(builtins|math|numpy|collections|itertools|functools|logging|random|typing|torchmetrics|torchvision\.transforms|torch\.nn\.(init|functional))\.|^torch\.[a-z_]+$|^torch\.(cuda|distributions|optim)\./;
const HARMLESS_METHODS =
  /^(append|extend|insert|items|keys|values|add_module|register_\w+|save_hyperparameters|apply|split|format|\w+_|to|cuda)$/;
const TENSOR = /^torch\.(zeros|ones|randn|rand|empty|full|Tensor|FloatTensor)$/;
const MOST_DEPTH = 6;

/** True for a class of the file whose nearest library base is PyTorch's module or Lightning's. */
export function isTorchNetwork(program: Program, definition: ClassDefinition): boolean {
  const [base] = program.libraryBases(definition);
  return base !== undefined && MODULE.test(base);
}

/**
 * Most weights of a network of the file, counted from the layers that its constructor makes; `call` constructs it, without one the
 * defaults count. `undefined` unless every layer is known.
 */
export function torchParameters(
  program: Program,
  definition: ClassDefinition,
  call?: CallExpression,
): number | undefined {
  const outside = new Sizes(program, undefined, new Map());
  return new Counter(program).network(definition, call, outside, 0);
}

class Counter {
  private readonly visited = new Set<FunctionDefinition>();

  constructor(private readonly program: Program) {}

  network(
    definition: ClassDefinition,
    call: CallExpression | undefined,
    around: Sizes,
    depth: number,
  ): number | undefined {
    if (depth > MOST_DEPTH || !isTorchNetwork(this.program, definition)) return undefined;
    const builder = methodOf(definition, '__init__');
    const base = this.baseOf(definition);
    if (!builder) return base ? this.network(base, call, around, depth + 1) : undefined;
    const count = this.body(builder, definition, around.bind(builder, call, true), depth);
    return this.makesLayersElsewhere(definition) ? undefined : count;
  }

  /** Weights made by one run of a function. */
  private body(
    owner: FunctionDefinition,
    definition: ClassDefinition | undefined,
    parameters: ReadonlyMap<string, Bounds>,
    depth: number,
  ): number | undefined {
    if (depth > MOST_DEPTH) return undefined;
    this.visited.add(owner);
    const sizes = new Sizes(this.program, owner, parameters);
    let sum = 0;
    for (const { kind, node } of walk(owner.body)) {
      if (kind !== 'expression' || node.kind !== 'call') continue;
      const call = this.program.callOf(node);
      const made = call && this.madeBy(call, definition, sizes, depth);
      if (call === undefined || made === undefined) return undefined;
      const turns = made === 0 ? 1 : this.turnsAround(call, sizes);
      if (turns === undefined) return undefined;
      sum += made * turns;
    }
    return sum;
  }

  private madeBy(call: Call, definition: ClassDefinition | undefined, sizes: Sizes, depth: number): number | undefined {
    const { node, name = '' } = call;
    const { callee } = node;
    if (callee.kind === 'attribute' && callee.name === '__init__') return this.byBase(definition, node, sizes, depth);
    const layer = /^torch\.nn\.([A-Z]\w*)$/.exec(name)?.[1];
    if (layer === 'Parameter') return this.tensor(node, sizes);
    if (layer === 'TransformerEncoder' || layer === 'TransformerDecoder') return this.stack(call, layer, sizes, depth);
    if (layer !== undefined) return layerParameters(layer, node, sizes);
    if (MAKES_NONE.test(name)) return 0;
    if (callee.kind === 'name' && callee.name === 'super') return 0;
    if (callee.kind === 'attribute' && callee.object.kind === 'name' && definition) {
      const method = callee.object.name === 'self' ? methodOf(definition, callee.name) : undefined;
      if (method) return this.body(method, definition, sizes.bind(method, node, true), depth + 1);
    }
    const [value, ...others] = this.program.values(callee);
    if (value?.kind === 'class' && others.length === 0)
      return isTorchNetwork(this.program, value.definition)
        ? this.network(value.definition, node, sizes, depth + 1)
        : undefined;
    if (value?.kind === 'function' && others.length === 0)
      return this.body(value.definition, undefined, sizes.bind(value.definition, node, false), depth + 1);
    return callee.kind === 'attribute' && HARMLESS_METHODS.test(callee.name) ? 0 : undefined;
  }

  /** `super().__init__(…)`. */
  private byBase(
    definition: ClassDefinition | undefined,
    call: CallExpression,
    sizes: Sizes,
    depth: number,
  ): number | undefined {
    const base = definition && this.baseOf(definition);
    return base ? this.network(base, call, sizes, depth + 1) : 0;
  }

  private baseOf(definition: ClassDefinition): ClassDefinition | undefined {
    return definition.bases
      .flatMap((base) => this.program.values(base))
      .flatMap((value) => (value.kind === 'class' && value.definition !== definition ? [value.definition] : []))[0];
  }

  /** Copies of one layer: `nn.TransformerEncoder(layer, num_layers=6)`. */
  private stack(call: Call, name: string, sizes: Sizes, depth: number): number | undefined {
    const argument = (parameter: string, position: number) =>
      (call.node.args.find((given) => given.name === parameter) ?? call.node.args[position])?.value;
    const layer = argument(name === 'TransformerEncoder' ? 'encoder_layer' : 'decoder_layer', 0);
    const made = layer && this.program.origin(layer);
    const one = made && this.madeBy(made, undefined, sizes, depth + 1);
    const turns = sizes.most(argument('num_layers', 1));
    return one === undefined || turns === undefined ? undefined : one * turns;
  }

  private tensor(call: CallExpression, sizes: Sizes): number | undefined {
    const made = call.args[0]?.value;
    const tensor = made && this.program.origin(made);
    if (!tensor || !TENSOR.test(tensor.name ?? '')) return undefined;
    const dimensions = tensor.node.args.filter(({ name }) => name === undefined);
    const shapes = dimensions.map(({ value }) => sizes.shape(value));
    if (shapes.length === 0 || shapes.some((shape) => shape === undefined)) return undefined;
    return shapes.flatMap((shape) => shape ?? []).reduce((product, size) => product * size, 1);
  }

  /** How often the loops around a call inside its function run it. */
  private turnsAround(call: Call, sizes: Sizes): number | undefined {
    let turns = 1;
    for (const { tripCount, iterable } of call.place.loops) {
      const count = tripCount ?? (iterable?.kind === 'call' ? this.rangeTurns(iterable, sizes) : undefined);
      if (count === undefined) return undefined;
      turns *= count;
    }
    return turns;
  }

  private rangeTurns(iterable: CallExpression, sizes: Sizes): number | undefined {
    if (this.program.callOf(iterable)?.name !== 'builtins.range') return undefined;
    return sizes.most(iterable.args.length === 1 ? iterable.args[0]?.value : iterable.args[1]?.value);
  }

  /** A layer that a method makes which the constructor does not call. */
  private makesLayersElsewhere(definition: ClassDefinition): boolean {
    const methods = definition.body.flatMap((statement) =>
      statement.kind === 'function' && !this.visited.has(statement.definition) ? [statement.definition] : [],
    );
    return methods.some((method) =>
      [...walk(method.body)].some(({ kind, node }) => {
        if (kind !== 'expression' || node.kind !== 'call') return false;
        const layer = /^torch\.nn\.([A-Z]\w*)$/.exec(this.program.callOf(node)?.name ?? '')?.[1];
        const sizes = new Sizes(this.program, method, new Map());
        return layer !== undefined && layerParameters(layer, node, sizes) !== 0;
      }),
    );
  }
}

function methodOf(definition: ClassDefinition, name: string): FunctionDefinition | undefined {
  return definition.body.flatMap((statement) =>
    statement.kind === 'function' && statement.definition.name === name ? [statement.definition] : [],
  )[0];
}
