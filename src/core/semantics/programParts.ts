import type { FunctionDefinition } from '../ir/definition.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import { functionKeys } from '../workspace/functionKeys.ts';
import type { ExternalReach, LinkFacts } from '../workspace/linkFacts.ts';
import type { SummaryParts } from '../workspace/summarize.ts';
import { CallGraph } from './callGraph.ts';
import type { Entry } from './entryPoints/entry.ts';
import { pythonEntries } from './entryPoints/python.ts';
import { typescriptEntries } from './entryPoints/typescript.ts';
import type { Environment } from './environment.ts';
import type { ApiLookup } from './evaluator.ts';
import { Gradients } from './gradients.ts';
import { KeptModel } from './keptModel.ts';
import { Loops } from './loops.ts';
import { Memoisation } from './memoisation/memoisation.ts';

export interface ProgramInput {
  readonly module: SourceModule;
  readonly path: string;
  readonly environment: Environment;
  readonly apis: ApiLookup;
  /** What other files say of this one; absent where it is looked at alone. */
  readonly link?: LinkFacts;
  /** Place of a span in a notebook's cell, for what other files are told. */
  readonly place?: SummaryParts['place'];
  /** What is known from the analysis before the last edit; absent where the file is looked at once. */
  readonly kept?: KeptModel;
}

/** What the program model and a file's summary are both made of. */
export interface ProgramParts extends Omit<SummaryParts, 'path' | 'place'> {
  readonly graph: CallGraph;
  readonly reach: ReadonlyMap<FunctionDefinition, ExternalReach>;
}

export function programParts(input: Omit<ProgramInput, 'environment'>): ProgramParts {
  const { module, path, apis, link } = input;
  const { bound, evaluator } = (input.kept ?? new KeptModel()).update(module, path, apis, link);
  const reach = reachOf(bound.functions, link);
  const memoisation = new Memoisation(bound, evaluator);
  const entries: readonly Entry[] =
    module.language === 'python' ? pythonEntries(bound, evaluator, path) : typescriptEntries(bound, evaluator, path);
  const graph = new CallGraph(bound, evaluator, memoisation, entries, reach);
  return {
    bound,
    evaluator,
    memoisation,
    entries,
    graph,
    loops: new Loops(evaluator),
    gradients: new Gradients(bound, evaluator, graph, reach),
    reach,
  };
}

/** The functions that other files reach. */
function reachOf(
  functions: readonly FunctionDefinition[],
  link: LinkFacts | undefined,
): ReadonlyMap<FunctionDefinition, ExternalReach> {
  const found = new Map<FunctionDefinition, ExternalReach>();
  if (!link) return found;
  for (const [index, key] of functionKeys(functions).entries()) {
    const definition = functions[index];
    const reach = Object.hasOwn(link.reach, key) ? link.reach[key] : undefined;
    if (definition && reach) found.set(definition, reach);
  }
  return found;
}
