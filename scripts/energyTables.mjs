// Shared by the scripts that fit and judge the energy model: bundles the shipped model and reads the measured tables of a folder given as argument.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const TABLE = 'measured_inference.csv';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The energy model as the extension ships it, bundled in memory. */
export async function loadModel() {
  const contents = `
    export * from './scripts/measure/cardWorkload.ts';
    export * from './src/energy/decodeStep.ts';
    export * from './src/energy/generationPhysics.ts';
    export * from './src/energy/forwardPhysics.ts';
    export * from './src/energy/trainingPhysics.ts';
    export * from './src/energy/diffusionPhysics.ts';
    export * from './src/energy/itemFlops.ts';
    export * from './src/energy/assumedTokens.ts';
    export * from './src/energy/numericsOf.ts';
    export * from './src/energy/peakFor.ts';
    export * from './src/energy/constants.ts';
    export * from './src/energy/impactOf.ts';
    export * from './src/energy/resolveWorkload.ts';
    export * from './src/energy/estimateWorkload.ts';
    export * from './src/cli/estimate/runEstimate.ts';
    export * from './src/cli/estimate/estimateRequest.ts';
    export * from './src/knowledge/architectures/findArchitecture.ts';
    export * from './src/knowledge/models/modelCatalogue.ts';
    export * from './src/knowledge/hardware/builtinProfiles.ts';
    export * from './src/knowledge/hardware/findDevice.ts';
    export * from './src/knowledge/hardware/hardwareOf.ts';`;
  const result = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}

/** Folder of the measured tables: the first argument, else the nearest `shared/energy` here or above; ends the process without one. */
export function tablesFolder(usage) {
  const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  const folder = given ?? nearestTables(root);
  if (folder !== undefined && existsSync(path.join(folder, TABLE))) return folder;
  console.error(`usage: ${usage} <folder with ${TABLE}>`);
  return process.exit(2);
}

function nearestTables(from) {
  const folder = path.join(from, 'shared', 'energy');
  if (existsSync(path.join(folder, TABLE))) return folder;
  const above = path.dirname(from);
  return above === from ? undefined : nearestTables(above);
}

export function readTable(folder, name) {
  const [head, ...rows] = parseCsv(readFileSync(path.join(folder, name), 'utf8'));
  return rows.map((row) => Object.fromEntries(head.map((key, column) => [key, row[column] ?? ''])));
}

function parseCsv(text) {
  const rows = [];
  let row = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      row.push(field);
      field = '';
    } else if (letter === '\n') {
      row.push(field);
      rows.push(row);
      row = [];
      field = '';
    } else if (letter !== '\r') field += letter;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

export function numberOf(text) {
  return text === '' || text === undefined ? undefined : Number(text);
}

/** A measured row as a request to `green-ai estimate`. */
export function requestOf(row) {
  const billions = (text) => (numberOf(text) === undefined ? undefined : Number(text) * 1e9);
  return {
    model: row.model,
    params: billions(row.params_total_b),
    active: billions(row.params_active_b),
    hardware: row.hardware,
    devices: numberOf(row.n_devices),
    dtype: row.precision,
    quantMethod: row.quant_method,
    engine: row.engine,
    batch: numberOf(row.batch_or_concurrency),
    inputTokens: numberOf(row.input_tokens),
    outputTokens: numberOf(row.output_tokens),
    ...imageOf(row),
  };
}

/** Resolution, steps and frames of image and video rows stand in the notes: `1024x1024 steps=20 frames=None`. */
function imageOf(row) {
  const size = /(\d+)x(\d+)/.exec(row.notes);
  if (!/image|video/.test(row.request_unit) || size === null) return {};
  const steps = /steps=(\d+)/.exec(row.notes);
  const frames = /frames=(\d+)/.exec(row.notes);
  return {
    width: Number(size[1]),
    height: Number(size[2]),
    ...(steps ? { steps: Number(steps[1]) } : {}),
    ...(frames ? { frames: Number(frames[1]) } : {}),
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)];
}

/** Language-model rows with trust A, device scope: what the decode constants are fitted on. */
export function decodeRows(model, rows) {
  return rows.flatMap((row) => {
    const joules = numberOf(row.energy_j_per_token);
    if (joules === undefined || row.trust !== 'A' || row.scope !== 'gpu') return [];
    const request = model.parseEstimateRequest(requestOf(row));
    const ready = 'error' in request ? request : model.resolveRequest(request);
    if ('error' in ready || ready.workload.kind !== 'generate') return [];
    const { resolved } = ready;
    const numerics = model.numericsOf(resolved);
    const facts = resolved.model;
    return [
      {
        input: model.decodeInputOf(resolved, numerics),
        ratio: numerics.effects.reduce((product, effect) => product * effect.ratio, 1),
        prompt: row.input_tokens === '' ? promptOf(model, row, facts) : undefined,
        imageTokens: model.findArchitecture(facts?.id).imageTokens,
        weight: weightOf(row, resolved),
        joules,
        throughput: numberOf(row.throughput),
        source: row.source,
        task: row.task,
        model: row.model,
        gpu: row.hardware,
        family: familyOf(facts?.id ?? row.model),
        request,
        row,
      },
    ];
  });
}

/** What the prompt held: the task of the row where it tells, otherwise what the model is made for. */
function promptOf(model, row, facts) {
  if (/image-chat|video-chat|mllm/.test(row.task)) return 'picture';
  if (/chat|gpqa/.test(row.task)) return 'text';
  return model.promptOf(facts) === 'code' ? 'code' : 'text';
}

/**
 * Rows that say little about the model count little: prompts of unknown length (videos), data-parallel attention (which no request
 * names), and runs of one B200 in which the host, not the device, set the pace (low power at a step of 25 ms and more).
 */
function weightOf(row, resolved) {
  if (/DP=[248]/.test(row.notes)) return 0.02;
  const share = Number(row.power_w) / (resolved.devices * resolved.hardware.tdpWatts);
  const milliseconds = (1000 * Number(row.batch_or_concurrency)) / Number(row.throughput);
  const isHostBound = resolved.devices === 1 && row.hardware.startsWith('B200') && milliseconds > 25 && share < 0.6;
  if (isHostBound) return 0.02;
  return row.task === 'video-chat' ? 0.2 : 1;
}

const FAMILIES =
  'qwen3 qwen2 llama-4 gpt-oss llama mixtral mistral phi chameleon llava vicuna pythia bloom rwkv stablelm t5 xgen gemma'.split(
    ' ',
  );

export function familyOf(id) {
  const name = id.toLowerCase();
  return FAMILIES.find((family) => name.includes(family)) ?? name;
}

/** One decode step of a row with the constants given; prompts of unknown length follow what was asked. */
export function stepOf(model, row, constants) {
  const assumed = constants.assumedInputTokens;
  if (row.prompt === undefined) return model.decodeStep(row.input, constants);
  const tokens = row.prompt === 'picture' ? assumed.text + (row.imageTokens ?? assumed.image) : assumed[row.prompt];
  return model.decodeStep({ ...row.input, inputTokens: tokens }, constants);
}

/** Predicted device joules per output token with the constants given, knowing of the prompt what the row tells. */
export function predict(model, row, constants) {
  return stepOf(model, row, constants).joulesPerToken * row.ratio;
}
