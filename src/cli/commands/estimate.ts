import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { answerLines, fieldsOf } from '../estimate/answerLines.ts';
import { parseEstimateRequest } from '../estimate/estimateRequest.ts';
import { readSources } from '../estimate/readSources.ts';
import { type EstimateAnswer, type EstimateFigures, type Interval, runEstimate } from '../estimate/runEstimate.ts';

/** Options by the field of the request that they fill. */
const FIELDS: Readonly<Record<string, string>> = {
  model: 'model',
  params: 'params',
  active: 'active',
  hardware: 'hardware',
  devices: 'devices',
  dtype: 'dtype',
  'quant-method': 'quantMethod',
  engine: 'engine',
  batch: 'batch',
  'input-tokens': 'inputTokens',
  'output-tokens': 'outputTokens',
  'sequence-length': 'sequenceLength',
  width: 'width',
  height: 'height',
  steps: 'steps',
  frames: 'frames',
  'audio-seconds': 'audioSeconds',
  kind: 'kind',
  learner: 'learner',
  rows: 'rows',
  features: 'features',
  estimators: 'estimators',
  region: 'region',
  pue: 'pue',
};

export const estimateCommand: Command = {
  name: 'estimate',
  summary: 'Estimate the energy of one request to a model',
  usage: '(--model ID | --params N | --learner NAME) [options]   or   --stdin',
  options: {
    model: { type: 'string', value: 'ID', description: 'Model, by hub id, product name or its folder' },
    params: { type: 'string', value: 'N', description: 'Parameters, as a count (7e9, 7B)' },
    kind: { type: 'string', value: 'KIND', description: 'With --params: llm, encoder, vision, speech, diffusion' },
    active: { type: 'string', value: 'N', description: 'Parameters that work per token, for mixtures of experts' },
    hardware: { type: 'string', value: 'NAME', description: 'Device, cloud instance type, or local: this machine' },
    devices: { type: 'string', value: 'N', description: 'How many devices work together' },
    dtype: { type: 'string', value: 'FORMAT', description: 'fp32, bf16, fp16, fp8, int8, int4' },
    'quant-method': { type: 'string', value: 'M', description: 'gptq, awq, nf4, llm.int8, gguf, …' },
    engine: { type: 'string', value: 'NAME', description: 'hf, vllm, llama.cpp, …' },
    batch: { type: 'string', value: 'N', description: 'Requests that are computed together' },
    'input-tokens': { type: 'string', value: 'N', description: 'Tokens that go in' },
    'output-tokens': { type: 'string', value: 'N', description: 'Tokens that come out' },
    'sequence-length': { type: 'string', value: 'N', description: 'Tokens of a text, for encoders' },
    width: { type: 'string', value: 'N', description: 'Pixels, for diffusion models' },
    height: { type: 'string', value: 'N', description: 'Pixels, for diffusion models' },
    steps: { type: 'string', value: 'N', description: 'Denoising steps, for diffusion models' },
    frames: { type: 'string', value: 'N', description: 'Frames of a video, for diffusion models' },
    'audio-seconds': { type: 'string', value: 'N', description: 'Length of the sound, for speech models' },
    learner: {
      type: 'string',
      value: 'NAME',
      description: 'Classical learner: forest, boosting, histogram-boosting, linear, kernel, neighbours, clustering',
    },
    rows: { type: 'string', value: 'N', description: 'Rows that the learner is asked for' },
    features: { type: 'string', value: 'N', description: 'Columns of a row' },
    estimators: { type: 'string', value: 'N', description: 'Trees, rounds or clusters' },
    region: { type: 'string', value: 'R', description: 'Cloud region or country' },
    pue: { type: 'string', value: 'X', description: 'Power of the building per watt of computing' },
    stdin: { type: 'boolean', description: 'Read requests as JSON lines, answer one line each' },
    format: { type: 'string', choices: ['text', 'json'], description: 'Output format (default text)' },
  },
  positionals: { least: 0, most: 0, name: 'nothing' },

  async run(args, context) {
    return args.flag('stdin') ? answerLines(FIELDS, args, context, answerTo) : answerOne(args, context);
  },
};

async function answerOne(args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  const { stdout } = context;
  const answer = await answerTo(fieldsOf(FIELDS, args), context);
  if ('error' in answer) throw new UsageError(`estimate: ${answer.error}`);
  stdout(args.text('format') === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : figuresText(answer));
  return 0;
}

async function answerTo(json: unknown, context: CliContext): Promise<EstimateAnswer> {
  const request = parseEstimateRequest(json);
  if ('error' in request) return request;
  const sources = await readSources(request, context);
  return 'error' in sources ? sources : runEstimate(request, sources);
}

function figuresText(figures: EstimateFigures): string {
  return figureRows(
    [
      ['Device energy per output token', figures.joules_per_output_token, 'J'],
      ['Device energy per request', figures.wh_per_request, 'Wh'],
      ['Wall energy per output token', figures.wall_joules_per_output_token, 'J'],
      ['Wall energy per request', figures.wall_wh_per_request, 'Wh'],
      ['Carbon per request (use)', figures.gco2e_per_request, 'g CO2e'],
      ['Carbon per request (making the device)', figures.embodied_gco2e_per_request, 'g CO2e'],
      ['Cost per request', figures.usd_per_request, 'USD'],
    ],
    ['Time per request', figures.seconds_per_request, 's'],
    figures.assumptions,
  );
}

/** Estimates one below the other, then a plain figure, then what they rest on. */
export function figureRows(
  rows: readonly (readonly [label: string, interval: Interval | undefined, unit: string])[],
  [label, value, unit]: readonly [string, number | undefined, string],
  assumptions: readonly string[],
): string {
  return [
    ...rows.flatMap(([name, interval, of]) =>
      interval
        ? `${name.padEnd(40)}${figure(interval.mid)} ${of}  (${figure(interval.low)} to ${figure(interval.high)})`
        : [],
    ),
    ...(value === undefined ? [] : [`${label.padEnd(40)}${figure(value)} ${unit}`]),
    '',
    'Intervals hold 90 %. Assumptions:',
    ...assumptions.map((text) => `- ${text}`),
    '',
  ].join('\n');
}

function figure(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(2)));
}
