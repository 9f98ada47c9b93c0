import { spansIn } from '../../ir/moveSpans.ts';
import type { SourceModule } from '../../ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../../ir/statement.ts';
import type { Context } from '../context.ts';
import { affectedStatements } from './affectedStatements.ts';
import { NodeRecords, type UnitNames } from './bindingRecords.ts';
import { BindingWalk } from './bindingWalk.ts';
import { bindTopLevel } from './bindStatement.ts';
import type { BoundModule } from './boundModule.ts';
import { GlobalNames } from './globalNames.ts';
import { KeptBodies } from './keptBodies.ts';
import { declareBlock, declareOwner } from './predeclare.ts';
import { type Definition, ModuleScope } from './scope.ts';
import { starImports } from './starImports.ts';

export interface Binding {
  readonly bound: BoundModule;
  /** Top-level statements that are new, or whose names can have other values than in the binding before. */
  readonly affected: ReadonlySet<Statement>;
  /** Top-level statements that are no longer there. */
  readonly gone: readonly Statement[];
}

/**
 * Binds a module again and again while it is edited. A function or class at module level is bound anew only where it was lowered
 * anew or one of its free names means something else; the code of the module itself is always followed.
 */
export class ModuleBinder {
  private readonly scope = new ModuleScope();
  private readonly context: Context = { parent: undefined, frame: { kind: 'module' } };
  private readonly nodes = new NodeRecords();
  private readonly globals = new GlobalNames();
  private readonly bodies = new KeptBodies();
  private units: ReadonlyMap<Statement, UnitNames> = new Map();
  private stars: readonly ImportStatement[] = [];

  bind(module: SourceModule): Binding {
    const valuesBefore = this.valuesOfNames();
    this.scope.reset();
    this.bodies.nextWalk();
    const walk = new BindingWalk(module, this.nodes, this.scope, this.context, this.bodies);
    declareOwner(module.body, this.scope, module.language);
    if (!walk.isPython) declareBlock(module.body, this.scope);
    for (const name of this.globals.of(module.body, module.language)) this.scope.declare(name);
    bindTopLevel(walk, module.body);
    for (const { read } of walk.notedReads) {
      if (!read.binding) continue;
      const isShared = read.isClosure || walk.writtenElsewhere.has(read.binding);
      if (isShared) read.definitions = read.binding.definitions;
    }
    const gone = [...this.units.keys()].filter((statement) => !walk.units.has(statement));
    for (const statement of gone) this.nodes.forget(spansIn([statement]));
    const stars = starImports(walk.records.sources);
    const affected = affectedStatements({
      units: walk.units,
      unitsBefore: this.units,
      stars,
      starsBefore: this.stars,
      reads: walk.notedReads,
      values: this.valuesOfNames(),
      valuesBefore,
    });
    this.units = walk.units;
    this.stars = stars;
    return {
      bound: { module, moduleScope: this.scope, units: walk.units, stars, ...this.nodes, ...walk.records },
      affected,
      gone,
    };
  }

  private valuesOfNames(): ReadonlyMap<string, readonly Definition[]> {
    return new Map([...this.scope.bindings].map(([name, { definitions }]) => [name, [...definitions]]));
  }
}
