import type { HostedSize, ModelFacts, ModelKind } from '../../energy/modelFacts.ts';
import data from './hostedModels.json';

interface HostedRow {
  readonly prefix: string;
  readonly provider: string;
  readonly size: HostedSize;
  readonly lighter: readonly string[];
  readonly context?: number | undefined;
  readonly cacheMinimum?: number | undefined;
  readonly reasoning?: string | undefined;
  readonly retired?: string | undefined;
}

/** What gateways and SDKs put in front: `openai:gpt-4o`, `bedrock/eu.anthropic.claude…`. */
const GATEWAY =
  /^(?:openai|anthropic|google(?:[_-](?:genai|vertexai|ai))?|gemini|vertex_ai|mistral(?:ai)?|cohere|bedrock|azure(?:[_-](?:openai|ai))?|xai|deepseek|models?)[:/]/;
const rows = [...(data.entries as readonly HostedRow[])].sort((a, b) => b.prefix.length - a.prefix.length);
const KINDS: Readonly<Partial<Record<HostedSize, ModelKind>>> = {
  embedding: 'embedding',
  image: 'diffusion',
  speech: 'speech',
};

/** A hosted model by name (`gpt-4o-2024-08-06`, `openai/gpt-4o`, `models/gemini-2.5-pro`): class and range, no more. */
export function findHostedModel(id: string): ModelFacts | undefined {
  const row = findHostedRow(id);
  if (!row) return undefined;
  const range = data.classes[row.size];
  const parameters = Math.sqrt(range.low * range.high);
  const kind = KINDS[row.size] ?? 'hosted';
  return {
    id: row.prefix,
    kind,
    parameters,
    activeParameters: parameters,
    isGenerative: kind === 'hosted',
    basis: 'class',
    ...(row.context === undefined ? {} : { context: row.context }),
    hosted: {
      provider: row.provider,
      size: row.size,
      reasoning: row.reasoning === 'always' || row.reasoning === 'optional' ? row.reasoning : 'no',
      ...(row.cacheMinimum === undefined ? {} : { cacheMinimumTokens: row.cacheMinimum }),
      ...(row.retired === undefined ? {} : { retired: row.retired }),
    },
    source: `${row.provider} publishes no size; class ${row.size}, ${data.year}`,
  };
}

/** Names of smaller models of the same provider, larger first. */
export function lighterHostedModels(id: string): readonly string[] {
  return findHostedRow(id)?.lighter ?? [];
}

function findHostedRow(id: string): HostedRow | undefined {
  const name = id
    .trim()
    .toLowerCase()
    .replace(GATEWAY, '')
    .replace(/^.*\//, '')
    .replace(/^(?:us|eu|apac|global)\./, '')
    .replace(/^anthropic\./, '');
  return rows.find(
    (row) => name === row.prefix || (name.startsWith(row.prefix) && /^[-:.@_]/.test(name.slice(row.prefix.length))),
  );
}
