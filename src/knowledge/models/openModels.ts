import type { ModelFacts, ModelKind } from '../../energy/modelFacts.ts';
import type { NumberFormat } from '../../energy/workload.ts';
import data from './openModels.json';

type Cell = string | number | null | Rare;

/** Last cell of a row: what few models have. */
interface Rare {
  readonly activeBillions?: number;
  readonly experts?: number;
  readonly expertsPerToken?: number;
  readonly headSize?: number;
  readonly tokensPerMegapixel?: number;
  readonly passesPerStep?: number;
  readonly unet?: boolean;
  readonly activations?: number;
  readonly trainingTonnes?: number;
  readonly measuredWh?: readonly [low: number, high: number];
}

interface Source {
  readonly text: string;
  readonly year: number;
  readonly verified: boolean;
}

/** Kinds whose output is text, token by token. */
export const GENERATIVE: ReadonlySet<ModelKind> = new Set(['llm', 'seq2seq', 'multimodal', 'hosted']);

const sources: Readonly<Record<string, Source>> = data.sources;
const column = (name: string): number => data.columns.indexOf(name);
const [ID, KIND, BILLIONS, FORMAT, GROUP, TASK, LICENCE, YEAR, SOURCE] = [
  column('id'),
  column('kind'),
  column('billions'),
  column('format'),
  column('group'),
  column('task'),
  column('licence'),
  column('year'),
  column('source'),
];
/** Columns of plain counts, by the fact that they fill. */
const COUNTS = (['layers', 'hidden', 'heads', 'kvHeads', 'context'] as const).map(
  (name) => [name, column(name)] as const,
);
const GFLOPS = column('gflops');

/** Every open model of the catalogue. */
export const openModels: readonly ModelFacts[] = (data.entries as readonly (readonly Cell[])[]).map(factsOf);

/** Other names (torchvision, Keras, bare Ollama tags) by the catalogue id that they stand for. */
export const modelAliases: Readonly<Record<string, string>> = data.aliases;

function factsOf(row: readonly Cell[]): ModelFacts {
  const text = (at: number): string => String(row[at]);
  const number = (at: number): number | undefined => {
    const cell = row[at];
    return typeof cell === 'number' ? cell : undefined;
  };
  const last = row[data.columns.length];
  const { activeBillions, ...rare }: Rare = typeof last === 'object' && last !== null ? last : {};
  const billions = number(BILLIONS) ?? 0;
  const kind = text(KIND) as ModelKind;
  const gflops = number(GFLOPS);
  const counts = COUNTS.flatMap(([name, at]) => {
    const count = number(at);
    return count === undefined ? [] : [[name, count] as const];
  });
  const source = sources[text(SOURCE)];
  return {
    id: text(ID),
    kind,
    parameters: Math.round(billions * 1e9),
    activeParameters: Math.round((activeBillions ?? billions) * 1e9),
    ...Object.fromEntries(counts),
    ...(gflops === undefined ? {} : { gflopsPerItem: gflops }),
    ...rare,
    storedFormat: text(FORMAT) as NumberFormat,
    isGenerative: GENERATIVE.has(kind),
    family: text(GROUP),
    group: text(GROUP),
    task: text(TASK),
    licence: text(LICENCE),
    year: number(YEAR) ?? 0,
    basis: 'catalogue',
    isVerified: source?.verified === true,
    source: `${source?.text}, ${source?.year}`,
  };
}
