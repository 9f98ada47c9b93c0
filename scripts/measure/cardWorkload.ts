import type { NumberFormat, Workload } from '../../src/energy/workload.ts';

/** A row of h100.csv, by column. No cell holds a comma. */
export type CardRow = Readonly<Record<string, string>>;

/** torchvision's names by those of the catalogue. */
const CATALOGUE_IDS: Readonly<Record<string, string>> = { vit_b_16: 'vit_base_patch16_224' };

/** What a variant is in the model's terms. Others are habits that a workload does not say: they are not judged. */
const VARIANTS: readonly (readonly [RegExp, Partial<Workload>])[] = [
  [/^(?:generate|inference_mode|plain|forward|no_grad|one by one|30 s of sound; 100 tokens)$/, {}],
  [/^generate; cuDNN attention off$/, {}],
  [/^use_cache=False$/, { kvCache: false }],
  [/^gradients recorded$/, { recordsGradients: true }],
  [/^TF32 products$/, { format: 'tf32' }],
  [/^autocast bf16(?:; sdpa attention)?$/, { format: 'bf16' }],
  [/^autocast fp16 with scaler$/, { format: 'fp16' }],
  [/^(?:autocast bf16; )?checkpointing$/, { format: 'bf16', gradientCheckpointing: true }],
  [/^LoRA$/, { lora: true }],
];

export function cardRows(text: string): CardRow[] {
  const [head = '', ...lines] = text.trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}

/** The row as a rule would describe it to the energy model; `undefined`: nothing to compare. */
export function cardWorkload(row: CardRow): Workload | undefined {
  const variant = VARIANTS.find(([pattern]) => pattern.test(row['variant'] ?? ''))?.[1];
  if (variant === undefined || !row['joules_per_unit']) return undefined;
  const inputTokens = Number(row['input_tokens']);
  const model = row['model'] ?? '';
  const common = {
    unit: 'item',
    model: { id: CATALOGUE_IDS[model] ?? model },
    format: row['dtype'] as NumberFormat,
    batch: Number(row['batch']),
    ...variant,
  } as const;
  switch (row['regime']) {
    case 'decode':
      return { ...common, kind: 'generate', engine: 'hf', inputTokens, outputTokens: Number(row['output_tokens']) };
    case 'prefill':
      return { ...common, kind: 'generate', engine: 'hf', inputTokens, outputTokens: 1 };
    case 'speech':
      return { ...common, kind: 'speech', engine: 'hf' };
    case 'encoder':
      return { ...common, kind: 'encode', engine: 'torch', inputTokens };
    case 'vision':
      return { ...common, kind: 'vision', engine: 'torch' };
    case 'training':
      return { ...common, kind: 'train', engine: 'torch', samples: 1, ...(inputTokens > 0 ? { inputTokens } : {}) };
    default:
      return undefined;
  }
}

/** How many of the table's units one item of the workload is: tokens of a request, else one. */
export function unitsPerItem(row: CardRow): number {
  if (row['unit'] === 'output token') return Number(row['output_tokens']);
  return row['unit'] === 'input token' ? Number(row['input_tokens']) : 1;
}

/** 16-bit generation where PyTorch took cuDNN's attention, which plans anew for every length of the cache. */
export function plansEveryLength(row: CardRow): boolean {
  const generates = row['regime'] === 'decode' || row['regime'] === 'speech';
  return (
    generates &&
    row['dtype'] !== 'fp32' &&
    !/cuDNN attention off/.test(row['variant'] ?? '') &&
    !/bart/.test(row['model'] ?? '')
  );
}

/** Group of a row in tables. */
export function cardRegime(row: CardRow): string {
  return plansEveryLength(row) ? `${row['regime']}, 16 bit, cuDNN attention` : String(row['regime']);
}
