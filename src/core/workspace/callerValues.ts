import { argumentFor } from './callArguments.ts';
import type { CallerValue } from './linkFacts.ts';
import type { ArgumentValue, CallEdge, FunctionSummary, ModuleSummary, SummaryValue } from './moduleSummary.ts';

const MOST_HOPS = 4;
/** More alternatives are as good as unknown. */
const MOST_VALUES = 8;
const UNKNOWN: readonly CallerValue[] = [{ kind: 'unknown' }];

/** A call of a function of the workspace, with what it takes to read its arguments. */
export interface CallSite {
  readonly summary: ModuleSummary;
  /** The calling function; absent for module-level code. */
  readonly caller: FunctionSummary | undefined;
  readonly edge: CallEdge;
}

interface Workspace {
  sitesOf(definition: FunctionSummary): readonly CallSite[];
  /** Values of a summary as they are in every file; `undefined` for what only one file can speak of. */
  portable(value: SummaryValue, summary: ModuleSummary): readonly CallerValue[];
}

/** What calls give to the parameters of a function: constants, symbols and library objects, also through their own parameters. */
export function callerValues(
  definition: FunctionSummary,
  sites: readonly CallSite[],
  workspace: Workspace,
): Readonly<Record<string, readonly CallerValue[]>> {
  const found: Record<string, readonly CallerValue[]> = {};
  for (const { name } of definition.parameters)
    if (name !== '') found[name] = valuesOf(definition, name, sites, workspace, 0);
  return found;
}

function valuesOf(
  definition: FunctionSummary,
  name: string,
  sites: readonly CallSite[],
  workspace: Workspace,
  hops: number,
): readonly CallerValue[] {
  if (hops >= MOST_HOPS || sites.length === 0) return UNKNOWN;
  const values = sites.flatMap((site) => {
    const argument = argumentFor(site.edge.args, definition.parameters, name);
    if (argument === 'unknown') return UNKNOWN;
    if (argument === 'absent') return defaultOf(definition, name);
    return given(argument, site, workspace, hops);
  });
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  return distinct.length > MOST_VALUES ? UNKNOWN : distinct;
}

function given(
  argument: ArgumentValue,
  { summary, caller }: CallSite,
  workspace: Workspace,
  hops: number,
): readonly CallerValue[] {
  if ('values' in argument) return argument.values.flatMap((value) => workspace.portable(value, summary));
  return caller ? valuesOf(caller, argument.parameter, workspace.sitesOf(caller), workspace, hops + 1) : UNKNOWN;
}

function defaultOf({ parameters }: FunctionSummary, name: string): readonly CallerValue[] {
  const value = parameters.find((parameter) => parameter.name === name)?.defaultValue;
  return value === undefined ? UNKNOWN : [{ kind: 'constant', value }];
}
