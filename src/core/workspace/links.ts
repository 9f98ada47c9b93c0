import type { ModuleLinks } from '../semantics/evaluator.ts';
import { type Handling, handedToLibrary, joined, UNKNOWN_HANDLING } from '../semantics/handling.ts';
import type { ExternalOwner, Value } from '../semantics/value.ts';
import type { LinkFacts, SubclassMembers } from './linkFacts.ts';
import type { ClassSummary, FunctionSummary, ModuleSummary, ParameterSummary, SummaryValue } from './moduleSummary.ts';
import { localValue } from './portableValue.ts';

/** Re-exports and return values are followed through this many modules. */
const MOST_HOPS = 6;
const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];

/** The values of other files, read from their summaries. */
export class Links implements ModuleLinks {
  constructor(
    private readonly modules: ReadonlyMap<string, ModuleSummary>,
    private readonly resolved: LinkFacts['resolved'],
    private readonly path: string,
    private readonly subclasses: SubclassMembers = {},
  ) {}

  static of({ summaries, resolved, subclasses }: LinkFacts, path: string): Links {
    return new Links(new Map(summaries.map((summary) => [summary.path, summary])), resolved, path, subclasses);
  }

  module(specifier: string): Value | undefined {
    return this.moduleFrom(this.path, specifier);
  }

  exported(path: string, name: string, hops = 0): readonly Value[] | undefined {
    const summary = this.modules.get(path);
    if (!summary || hops > MOST_HOPS) return undefined;
    const own = entry(summary.exports, name);
    if (own) return own.flatMap((value) => this.toValues(value, summary, hops + 1));
    for (const specifier of summary.handsOn) {
      const source = this.moduleFrom(path, specifier);
      const handed = source?.kind === 'module' ? this.exported(source.path, name, hops + 1) : undefined;
      if (handed) return handed;
    }
    const submodule = summary.language === 'python' ? this.moduleFrom(path, `.${name}`) : undefined;
    return submodule ? [submodule] : undefined;
  }

  member(owner: ExternalOwner, name: string, hops = 0): readonly Value[] | undefined {
    const summary = this.modules.get(owner.path);
    if (!summary || hops > MOST_HOPS) return undefined;
    const own = entry(owner.definition.members, name);
    if (own) return own.flatMap((value) => this.toValues(value, summary, hops + 1));
    return owner.definition.bases.flatMap((base) =>
      this.toValues(base, summary, hops + 1).flatMap((value): readonly Value[] => {
        if (value.kind === 'symbol') return [{ ...value, name: `${value.name}.${name}` }];
        return value.kind === 'externalClass' ? (this.member(value, name, hops + 1) ?? UNKNOWN) : UNKNOWN;
      }),
    );
  }

  returned({ path, definition }: Value & { kind: 'externalFunction' }, hops = 0): readonly Value[] {
    const summary = this.modules.get(path);
    if (!summary || hops > MOST_HOPS) return UNKNOWN;
    return definition.returns.flatMap((value) => this.toValues(value, summary, hops + 1));
  }

  overridden(className: string, member: string): readonly Value[] {
    const members = entry(this.subclasses, className);
    return (members && entry(members, member)?.map(localValue)) ?? [];
  }

  parameterHandling(
    { path, definition }: Value & { kind: 'externalFunction' },
    at: number | string,
    hops = 0,
  ): Handling {
    const summary = this.modules.get(path);
    const parameter = parameterAt(definition, at);
    if (!summary || !parameter || hops > MOST_HOPS) return UNKNOWN_HANDLING;
    const further = (parameter.handsTo ?? []).flatMap(({ target, at: next }) =>
      this.toValues(target, summary, hops + 1).map((value) => this.handlingIn(value, next, hops + 1)),
    );
    return joined([{ methods: parameter.methods ?? [], callees: [], isKept: parameter.isKept === true }, ...further]);
  }

  private handlingIn(value: Value, at: number | string, hops: number): Handling {
    if (value.kind === 'externalFunction') return this.parameterHandling(value, at, hops);
    return value.kind === 'symbol' ? handedToLibrary(value.name) : UNKNOWN_HANDLING;
  }

  libraryBases(
    { path, definition }: { readonly path: string; readonly definition: ClassSummary },
    hops = 0,
  ): readonly string[] {
    const summary = this.modules.get(path);
    if (!summary || hops > MOST_HOPS) return [];
    return definition.bases.flatMap((base) =>
      this.toValues(base, summary, hops + 1).flatMap((value) => {
        if (value.kind === 'symbol') return [value.name];
        return value.kind === 'externalClass' ? this.libraryBases(value, hops + 1) : [];
      }),
    );
  }

  /** Values that a summary of any linked module speaks of. */
  valuesIn(value: SummaryValue, summary: ModuleSummary): readonly Value[] {
    return this.toValues(value, summary, 0);
  }

  private moduleFrom(path: string, specifier: string): Value | undefined {
    const imports = entry(this.resolved, path);
    const resolved = imports && entry(imports, specifier);
    return resolved === undefined ? undefined : { kind: 'module', path: resolved };
  }

  private toValues(value: SummaryValue, summary: ModuleSummary, hops: number): readonly Value[] {
    const { path } = summary;
    switch (value.kind) {
      case 'constant':
        return [
          { kind: 'constant', value: value.value, node: { kind: 'literal', value: value.value, start: 0, end: 0 } },
        ];
      case 'symbol':
      case 'instance':
      case 'unknown':
        return [value];
      case 'function': {
        const definition = summary.functions[value.id];
        return definition ? [{ kind: 'externalFunction', path, definition }] : UNKNOWN;
      }
      case 'class':
      case 'object': {
        const definition = summary.classes[value.id];
        return definition
          ? [{ kind: value.kind === 'class' ? 'externalClass' : 'externalObject', path, definition }]
          : UNKNOWN;
      }
      case 'import':
        return this.imported(value.module, value.member, path, hops);
    }
  }

  /** Follows `Service.get` or `load()` into another module; a library's name stays a symbol. */
  private imported(module: string, member: string, from: string, hops: number): readonly Value[] {
    const source = this.moduleFrom(from, module);
    const steps = member === '' ? [] : member.split('.');
    const submodule = this.submodule(source, module, steps[0], from, hops);
    const start = submodule ?? source;
    if (!start) return [{ kind: 'symbol', name: member === '' ? module : `${module}.${member}`, module }];
    let current: readonly Value[] = [start];
    for (const step of submodule ? steps.slice(1) : steps) {
      const name = step.replace(/\(\)$/, '');
      current = current.flatMap((value) => this.step(value, name, hops + 1));
      if (step.endsWith('()')) current = current.flatMap((value) => this.called(value, hops + 1));
    }
    return current;
  }

  /** `from app import models` where `models` is a file: of a package that does not name it, or of a folder without `__init__.py`. */
  private submodule(
    source: Value | undefined,
    module: string,
    name: string | undefined,
    from: string,
    hops: number,
  ): Value | undefined {
    if (name === undefined || name.endsWith('()')) return undefined;
    if (source?.kind === 'module' && this.exported(source.path, name, hops + 1)) return undefined;
    return this.moduleFrom(from, `${module}${module.endsWith('.') ? '' : '.'}${name}`);
  }

  private step(value: Value, name: string, hops: number): readonly Value[] {
    if (value.kind === 'module') return this.exported(value.path, name, hops) ?? UNKNOWN;
    if (value.kind === 'externalClass' || value.kind === 'externalObject')
      return this.member(value, name, hops) ?? UNKNOWN;
    if (value.kind === 'symbol') return [{ ...value, name: `${value.name}.${name}` }];
    return value.kind === 'instance' ? [{ kind: 'symbol', name: `${value.type}.${name}` }] : UNKNOWN;
  }

  private called(value: Value, hops: number): readonly Value[] {
    if (value.kind === 'externalFunction') return this.returned(value, hops);
    if (value.kind === 'externalClass') return [{ ...value, kind: 'externalObject' }];
    return value.kind === 'symbol' ? [{ kind: 'instance', type: `${value.name}()` }] : UNKNOWN;
  }
}

/** Names of programs may be those that every object has: `constructor`, `toString`. */
function entry<Entry>(record: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function parameterAt({ parameters }: FunctionSummary, at: number | string): ParameterSummary | undefined {
  const parameter = typeof at === 'number' ? parameters[at] : parameters.find(({ name }) => name === at);
  return parameter?.form === 'rest' || (typeof at === 'number' && parameter?.form !== 'plain') ? undefined : parameter;
}
