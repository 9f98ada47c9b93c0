import { type CliContext, UsageError } from '../cliContext.ts';
import type { Command } from '../command.ts';
import { answerLines, fieldsOf } from '../estimate/answerLines.ts';
import type { EstimateError } from '../estimate/checkFields.ts';
import { readSources } from '../estimate/readSources.ts';
import { runTrainingEstimate, type TrainingFigures } from '../estimate/runTrainingEstimate.ts';
import { parseTrainingRequest } from '../estimate/trainingRequest.ts';
import { figureRows } from './estimate.ts';

/** Options by the field of the request that they fill. */
const FIELDS: Readonly<Record<string, string>> = {
  model: 'model',
  params: 'params',
  samples: 'samples',
  tokens: 'tokens',
  'sequence-length': 'sequenceLength',
  epochs: 'epochs',
  learner: 'learner',
  features: 'features',
  estimators: 'estimators',
  hardware: 'hardware',
  devices: 'devices',
  dtype: 'dtype',
  batch: 'batch',
  region: 'region',
  pue: 'pue',
};

export const estimateTrainingCommand: Command = {
  name: 'estimate-training',
  summary: 'Estimate the energy of one training run',
  usage: '(--model ID | --params N | --learner NAME) (--samples N | --tokens N) [options]   or   --stdin',
  options: {
    model: { type: 'string', value: 'ID', description: 'Model or network, by hub id, name or its folder' },
    params: { type: 'string', value: 'N', description: 'Parameters, as a count (7e9, 7B)' },
    samples: { type: 'string', value: 'N', description: 'Samples of one epoch' },
    tokens: { type: 'string', value: 'N', description: 'Tokens of one epoch' },
    'sequence-length': { type: 'string', value: 'N', description: 'Tokens of one sample' },
    epochs: { type: 'string', value: 'N', description: 'Passes over the data' },
    learner: {
      type: 'string',
      value: 'NAME',
      description: 'Classical learner: forest, boosting, histogram-boosting, linear, kernel, neighbours, clustering',
    },
    features: { type: 'string', value: 'N', description: 'Columns of a sample, for a learner' },
    estimators: { type: 'string', value: 'N', description: 'Trees, rounds or clusters, for a learner' },
    hardware: { type: 'string', value: 'NAME', description: 'Device, cloud instance type, or local: this machine' },
    devices: { type: 'string', value: 'N', description: 'How many devices work together' },
    dtype: { type: 'string', value: 'FORMAT', description: 'fp32, tf32, bf16, fp16, …' },
    batch: { type: 'string', value: 'N', description: 'Samples of one step' },
    region: { type: 'string', value: 'R', description: 'Cloud region or country' },
    pue: { type: 'string', value: 'X', description: 'Power of the building per watt of computing' },
    stdin: { type: 'boolean', description: 'Read requests as JSON lines, answer one line each' },
    format: { type: 'string', choices: ['text', 'json'], description: 'Output format (default text)' },
  },
  positionals: { least: 0, most: 0, name: 'nothing' },

  async run(args, context) {
    if (args.flag('stdin')) return answerLines(FIELDS, args, context, answerTo);
    const { stdout } = context;
    const answer = await answerTo(fieldsOf(FIELDS, args), context);
    if ('error' in answer) throw new UsageError(`estimate-training: ${answer.error}`);
    stdout(args.text('format') === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : figuresText(answer));
    return 0;
  },
};

async function answerTo(json: unknown, context: CliContext): Promise<TrainingFigures | EstimateError> {
  const request = parseTrainingRequest(json);
  if ('error' in request) return request;
  const sources = await readSources(request, context);
  return 'error' in sources ? sources : runTrainingEstimate(request, sources);
}

function figuresText({ kwh, wall_kwh, kgco2e, embodied_kgco2e, usd, hours, assumptions }: TrainingFigures): string {
  return figureRows(
    [
      ['Device energy', kwh, 'kWh'],
      ['Wall energy', wall_kwh, 'kWh'],
      ['Carbon (use)', kgco2e, 'kg CO2e'],
      ['Carbon (making the devices)', embodied_kgco2e, 'kg CO2e'],
      ['Cost', usd, 'USD'],
    ],
    ['Time', hours, 'h'],
    assumptions,
  );
}
