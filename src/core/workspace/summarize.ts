import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { BoundModule } from '../semantics/binding/boundModule.ts';
import type { Entry } from '../semantics/entryPoints/entry.ts';
import { importedEntries } from '../semantics/entryPoints/typescript.ts';
import type { Evaluator } from '../semantics/evaluator.ts';
import type { Gradients } from '../semantics/gradients.ts';
import { handedFunctions } from '../semantics/handedFunctions.ts';
import type { Loops } from '../semantics/loops.ts';
import type { Memoisation } from '../semantics/memoisation/memoisation.ts';
import { ParameterUses } from '../semantics/parameterUses.ts';
import type { Loop } from '../semantics/place.ts';
import { runsWithin } from '../semantics/runsWithin.ts';
import type { Value } from '../semantics/value.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { Range } from '../text/position.ts';
import type { Span } from '../text/span.ts';
import { argumentsOf } from './callArguments.ts';
import { exportedNames } from './exportedNames.ts';
import { functionKeys } from './functionKeys.ts';
import { libraryCalls } from './libraryCalls.ts';
import type {
  ArgumentValue,
  CallEdge,
  ClassSummary,
  EntryKind,
  FunctionSummary,
  HandlerSummary,
  ModuleSummary,
  SummaryValue,
} from './moduleSummary.ts';
import { parameterNamed, parameterSummaries } from './parameterSummaries.ts';
import { textWithHoles } from './textWithHoles.ts';

export interface SummaryParts {
  readonly path: string;
  readonly bound: BoundModule;
  readonly evaluator: Evaluator;
  readonly memoisation: Memoisation;
  readonly gradients: Gradients;
  readonly loops: Loops;
  readonly entries: readonly Entry[];
  /** Place of a span as hosts show it; `undefined` where a span crosses a notebook's cells. */
  readonly place?: (span: Span) => { readonly cell?: number; readonly range: Range } | undefined;
}

/** Boils a file's program model down to what other files need to know of it. */
export function summarize(parts: SummaryParts): ModuleSummary {
  return new Summarizer(parts).summary();
}

class Summarizer {
  private readonly functionIds: ReadonlyMap<FunctionDefinition, number>;
  private readonly functionKeys: readonly string[];
  private readonly classIds: ReadonlyMap<ClassDefinition, number>;
  private readonly lines: LineIndex;
  private readonly uses: ParameterUses;
  private readonly edges = new Map<FunctionDefinition | undefined, CallEdge[]>();

  constructor(private readonly parts: SummaryParts) {
    const { bound } = parts;
    this.functionIds = new Map(bound.functions.map((definition, id) => [definition, id]));
    this.functionKeys = functionKeys(bound.functions);
    this.classIds = new Map(bound.classes.map((definition, id) => [definition, id]));
    this.lines = new LineIndex(bound.module.text);
    this.uses = new ParameterUses(bound);
    for (const call of bound.calls) this.addEdges(call);
  }

  summary(): ModuleSummary {
    const { bound, path, entries } = this.parts;
    const rerun = entries.find((entry) => !entry.definition);
    return {
      path,
      language: bound.module.language,
      exports: this.exports(),
      handsOn: this.handsOn(),
      functions: bound.functions.map((definition, id) => this.functionSummary(definition, id)),
      classes: bound.classes.map((definition, id) => this.classSummary(definition, id)),
      calls: this.edges.get(undefined) ?? [],
      imports: this.importSpecifiers(),
      ...(rerun ? { entry: kindOf(rerun) } : {}),
      ...this.handlers(),
    };
  }

  private handlers(): Pick<ModuleSummary, 'handlers'> {
    const { bound, evaluator } = this.parts;
    if (evaluator.isPython) return {};
    const handlers = importedEntries(bound, evaluator).map(
      ({ value, call, kind, framework, isProvenByParameter }): HandlerSummary => ({
        target: this.value(value),
        ...this.place(call),
        kind,
        framework,
        ...(isProvenByParameter ? { isProvenByParameter } : {}),
      }),
    );
    return handlers.length > 0 ? { handlers } : {};
  }

  private exports(): Record<string, readonly SummaryValue[]> {
    const { bound, evaluator } = this.parts;
    const exports: Record<string, readonly SummaryValue[]> = {};
    for (const { exported, values } of exportedNames(bound, evaluator))
      exports[exported] = values.map((value) => this.value(value));
    return exports;
  }

  private handsOn(): readonly string[] {
    return this.parts.bound.module.body.flatMap((statement) => {
      if (statement.kind === 'import' && statement.isFrom && this.parts.evaluator.isPython) {
        return statement.names.some((name) => name.imported === '*')
          ? ['.'.repeat(statement.level) + statement.module]
          : [];
      }
      if (statement.kind !== 'export' || !statement.module) return [];
      return statement.names.some((name) => name.exported === '*') ? [statement.module] : [];
    });
  }

  private functionSummary(definition: FunctionDefinition, id: number): FunctionSummary {
    const { bound, evaluator, memoisation, entries } = this.parts;
    const entry = entries.find((candidate) => candidate.definition === definition);
    const returns = (bound.returns.get(definition) ?? []).flatMap((value) => evaluator.values(value));
    return {
      id,
      name: definition.name ?? '',
      ...this.place(definition.nameSpan ?? { start: definition.start, end: definition.bodySpan.start }),
      key: this.functionKeys[id] ?? '',
      isMemoised: memoisation.isMemoisedFunction(definition),
      ...(entry ? { entry: kindOf(entry) } : {}),
      returns: returns.map((value) => this.value(value)),
      parameters: parameterSummaries(definition, this.uses, this.valuesOf),
      calls: this.edges.get(definition) ?? [],
    };
  }

  private classSummary(definition: ClassDefinition, id: number): ClassSummary {
    const { bound, evaluator } = this.parts;
    const calls = libraryCalls(definition, bound, evaluator);
    const members: Record<string, SummaryValue[]> = {};
    for (const { name, value } of evaluator.members.all(definition)) {
      const values =
        value.kind === 'method'
          ? [this.functionValue(value.definition)]
          : evaluator.values(value.value).map((item) => this.value(item));
      members[name] = [...(Object.hasOwn(members, name) ? (members[name] ?? []) : []), ...values];
    }
    return {
      id,
      name: definition.name ?? '',
      bases: definition.bases.flatMap((base) => evaluator.values(base)).map((value) => this.value(value)),
      members,
      ...(calls ? { calls } : {}),
    };
  }

  private addEdges(call: CallExpression): void {
    const { bound, evaluator, gradients, loops, memoisation } = this.parts;
    const info = bound.infos.get(call);
    if (!info) return;
    const [around] = loops.around(info.context);
    const handed = handedFunctions(evaluator, call);
    const targets = [
      ...this.targetsOf(call.callee).map((target) => ({ target, loop: around, args: argumentsOf(call, this.valueOf) })),
      ...handed.flatMap((expression) =>
        this.targetsOf(expression).map((target) => ({ target, loop: loops.madeBy(call) ?? around, args: undefined })),
      ),
    ];
    if (targets.length === 0) return;
    const state = gradients.within(info.context);
    for (const owner of runsWithin(info.context, evaluator)) {
      const edges = this.edges.get(owner) ?? [];
      this.edges.set(owner, edges);
      for (const { target, loop, args } of targets) {
        edges.push({
          target,
          ...this.place(call),
          isMemoised: memoisation.isMemoised(call),
          ...(state ? { gradients: state } : {}),
          ...(loop ? { loop: turnsOf(loop) } : {}),
          ...(args ? { args } : {}),
        });
      }
    }
  }

  private readonly valuesOf = (expression: Expression): readonly SummaryValue[] =>
    this.parts.evaluator.values(expression).map((value) => this.value(value));

  private targetsOf(expression: Expression): readonly SummaryValue[] {
    return this.valuesOf(expression).filter(isOfWorkspace);
  }

  /** What an argument holds, or the parameter of the calling function that it hands on. */
  private readonly valueOf = (expression: Expression): ArgumentValue => {
    const parameter = parameterNamed(expression, this.parts.bound);
    if (parameter !== undefined) return { parameter };
    const values = this.valuesOf(expression);
    if (values.some(({ kind }) => kind !== 'unknown')) return { values };
    const template = textWithHoles(expression, this.parts.bound, this.parts.evaluator);
    return { values: template === undefined ? values : [{ kind: 'unknown', template }] };
  };

  private importSpecifiers(): readonly string[] {
    const specifiers = new Set<string>();
    for (const binding of this.parts.bound.sources) {
      if (binding.kind === 'import') {
        const module = '.'.repeat(binding.level) + binding.module;
        specifiers.add(module);
        // `from . import utils` and `from app import utils` may name modules.
        if (binding.isFrom && this.parts.evaluator.isPython) {
          for (const name of binding.names)
            if (name.imported && name.imported !== '*')
              specifiers.add(module.endsWith('.') ? module + name.imported : `${module}.${name.imported}`);
        }
      }
      if (binding.kind === 'export' && 'names' in binding && binding.module) specifiers.add(binding.module);
      if (binding.kind === 'call') {
        const [value] = this.parts.evaluator.values(binding);
        if (value?.kind === 'symbol' && value.module !== undefined) specifiers.add(value.module);
      }
    }
    return [...specifiers];
  }

  private place(span: Span): { readonly cell?: number; readonly range: Range } {
    return this.parts.place?.(span) ?? { range: this.lines.range(span) };
  }

  private functionValue(definition: FunctionDefinition): SummaryValue {
    const id = this.functionIds.get(definition);
    return id === undefined ? { kind: 'unknown' } : { kind: 'function', id };
  }

  private value(value: Value): SummaryValue {
    switch (value.kind) {
      case 'constant':
        return { kind: 'constant', value: value.value };
      case 'symbol':
        return value.module === undefined ? { kind: 'symbol', name: value.name } : imported(value.name, value.module);
      case 'instance':
        return value.module === undefined ? { kind: 'instance', type: value.type } : imported(value.type, value.module);
      case 'function':
        return this.functionValue(value.definition);
      case 'class':
      case 'object': {
        const id = this.classIds.get(value.definition);
        return id === undefined ? { kind: 'unknown' } : { kind: value.kind, id };
      }
      default:
        return { kind: 'unknown' };
    }
  }
}

/** A name that came through an import, as module and path in it. The name starts with the module as Python spells it, or with its package. */
function imported(name: string, module: string): SummaryValue {
  const member = name.startsWith(module) ? name.slice(module.length).replace(/^\./, '') : undefined;
  return member === undefined ? { kind: 'symbol', name } : { kind: 'import', module, member };
}

function isOfWorkspace(value: SummaryValue): boolean {
  return value.kind === 'function' || value.kind === 'class' || value.kind === 'object' || value.kind === 'import';
}

function turnsOf({ purpose, tripCount }: Loop): NonNullable<CallEdge['loop']> {
  return { purpose, ...(tripCount === undefined ? {} : { tripCount }) };
}

function kindOf({ kind, framework }: Entry): EntryKind {
  return { kind, framework };
}
