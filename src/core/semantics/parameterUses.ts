import type { FunctionDefinition, Parameter } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { BoundModule } from './binding/boundModule.ts';

/** Place of an argument: among all arguments of the call, or by its keyword. */
export type ArgumentPlace = number | string;

/** What the functions of a module do with their parameters: found once, by the bindings of what they read. */
export class ParameterUses {
  private readonly reads = new Map<Parameter, Expression[]>();

  constructor(private readonly bound: BoundModule) {
    for (const [node, { binding }] of bound.reads) {
      for (const definition of binding?.definitions ?? []) {
        if (definition.kind !== 'parameter' || definition.path.length > 0) continue;
        const known = this.reads.get(definition.parameter);
        if (known) known.push(node);
        else this.reads.set(definition.parameter, [node]);
      }
    }
  }

  /** Parameters that arguments can reach: without `self`, which no call site names. */
  parameters(definition: FunctionDefinition): readonly Parameter[] {
    return definition.parameters.filter((parameter) => !this.isReceiver(parameter, definition));
  }

  /** The parameter that an argument at a place fills; `undefined` for a rest parameter or none. */
  parameterAt(definition: FunctionDefinition, at: ArgumentPlace): Parameter | undefined {
    const parameters = this.parameters(definition);
    if (typeof at === 'number') {
      const parameter = parameters[at];
      return parameter?.rest || parameter?.isKeywordOnly ? undefined : parameter;
    }
    return parameters.find(({ target, rest }) => !rest && target.kind === 'name' && target.name === at);
  }

  /** Names of the methods that the function calls on the parameter; `to(dtype)` for one that casts. */
  methods(parameter: Parameter): readonly string[] {
    const names = (this.reads.get(parameter) ?? []).flatMap((read) => {
      const attribute = this.bound.infos.get(read)?.parent;
      if (attribute?.kind !== 'attribute' || attribute.object !== read) return [];
      const call = this.bound.infos.get(attribute)?.parent;
      return call?.kind === 'call' && call.callee === attribute ? [methodNamed(attribute.name, call)] : [];
    });
    return [...new Set(names)];
  }

  /** Calls to which the function hands the parameter on; the place is `undefined` behind a spread. */
  handedTo(parameter: Parameter): readonly { readonly call: CallExpression; readonly at: ArgumentPlace | undefined }[] {
    return (this.reads.get(parameter) ?? []).flatMap((read) => {
      const call = this.bound.infos.get(read)?.parent;
      return call?.kind === 'call' && call.callee !== read ? [{ call, at: placeOf(read, call) }] : [];
    });
  }

  /** Anything is done with the parameter but calling its methods, reading its properties, computing with it and handing it on. */
  isKept(parameter: Parameter): boolean {
    if (parameter.target.kind !== 'name' || parameter.rest !== undefined) return true;
    return (this.reads.get(parameter) ?? []).some((read) => !this.isOnlyRead(read));
  }

  private isOnlyRead(read: Expression): boolean {
    const parent = this.bound.infos.get(read)?.parent;
    switch (parent?.kind) {
      case 'call':
        return parent.callee !== read;
      case 'attribute':
      case 'operation':
      case 'template':
      case 'expression':
      case 'if':
      case 'while':
        return true;
      case 'conditional':
        return parent.test === read;
      default:
        return false;
    }
  }

  private isReceiver(parameter: Parameter, definition: FunctionDefinition): boolean {
    if (this.bound.module.language !== 'python' || definition.isStatic || definition.parameters[0] !== parameter)
      return false;
    return this.bound.functionContexts.get(definition)?.parent?.frame.kind === 'class';
  }
}

/** `model.to(torch.float16)` and `model.to(device)` are two things under one name. */
function methodNamed(name: string, { args }: CallExpression): string {
  const casts = args.some(({ name: keyword, value }) => {
    const last = value.kind === 'attribute' || value.kind === 'name' ? value.name : '';
    return keyword === 'dtype' || /^(b?float\d+|half|double|int8)$|dtype|precision/.test(last);
  });
  return name === 'to' && casts ? 'to(dtype)' : name;
}

/** Where a call is given an expression as an argument of its own; `undefined` where it is not, or behind a spread. */
export function placeOf(expression: Expression, { args }: CallExpression): ArgumentPlace | undefined {
  const index = args.findIndex(({ value }) => value === expression);
  const argument = args[index];
  if (!argument || args.slice(0, index + 1).some(({ spread }) => spread !== undefined)) return undefined;
  return argument.name ?? index;
}
