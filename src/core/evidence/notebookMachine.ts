import type { NotebookCell, NotebookMetadata } from '../engine/analysis.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { MachineEvidence } from './machineEvidence.ts';

/** Names by which drivers and frameworks print a card: a row of `nvidia-smi`, TensorFlow's device list, `get_device_name`. */
const CARDS: readonly RegExp[] = [
  /\|\s+\d+\s+((?:NVIDIA|Tesla|GeForce|Quadro)[\w -]*?)\s+(?:On|Off|\.\.\.|WDDM|TCC)/,
  /\bname: ((?:NVIDIA |Tesla |GeForce |Quadro )?[A-Z][\w -]*?), (?:pci bus id|compute capability)/,
  /'?\b((?:NVIDIA |Tesla )(?:A\d{2,3}|H\d{3}|L4|L40S?|T4|V100|P100|K80|GeForce [RG]TX \d{4}(?: Ti)?)[\w-]*)\b'?/,
  /\b(Tesla (?:T4|K80|P100|V100)[\w-]*)\b/,
];
const GPU_LINES =
  /device\(type='cuda'|^\s*(?:(?:using|running on|selected) )?(?:the )?device(?: is| used)?\s*[:=]?\s+["']?cuda(:\d+)?\b|^\s*(?:using|running on)\s+["']?cuda(:\d+)?\b|CUDA available:?\s*True|GPU available: True|Num GPUs Available:\s*[1-9]|\/device:GPU:\d|PhysicalDevice\(name='\/physical_device:GPU/im;
const CPU_LINES =
  /device\(type='cpu'\)|(?:using|running on|device)( device)?:?\s+["']?cpu\b|CUDA available:?\s*False|GPU available: False|Num GPUs Available:\s*0|No GPU found|no NVIDIA driver/i;

/** The machine that a notebook asks for in its metadata, or that its saved outputs show. */
export function notebookMachine(
  path: string,
  cells: readonly NotebookCell[],
  metadata: NotebookMetadata,
): MachineEvidence | undefined {
  const shown = ofOutputs(path, cells);
  const asked = ofMetadata(path, metadata);
  // A line such as "Using device: cuda" agrees with the card that was asked for, and says less.
  if (shown?.kind === 'gpu' && shown.chip === undefined && asked?.kind === 'gpu' && asked.chip !== undefined)
    return asked;
  return shown ?? asked;
}

/** What ran counts more than what was asked for: lines that frameworks and people print of the device, not prose. */
function ofOutputs(path: string, cells: readonly NotebookCell[]): MachineEvidence | undefined {
  const kinds: MachineEvidence[] = [];
  for (const [cell, { output = '' }] of cells.entries()) {
    if (output === '') continue;
    for (const pattern of CARDS) {
      const match = pattern.exec(output);
      if (match?.[1]) return { kind: 'gpu', chip: match[1].trim(), from: placeOf(path, cell, output, match.index) };
    }
    const gpu = GPU_LINES.exec(output);
    if (gpu) kinds.push({ kind: 'gpu', from: placeOf(path, cell, output, gpu.index) });
    const cpu = CPU_LINES.exec(output);
    if (cpu) kinds.push({ kind: 'cpu', from: placeOf(path, cell, output, cpu.index) });
  }
  const [first] = kinds;
  return first && kinds.every(({ kind }) => kind === first.kind) ? first : undefined;
}

function ofMetadata(path: string, { accelerator, gpuType }: NotebookMetadata): MachineEvidence | undefined {
  const from = {
    path,
    text: `accelerator: ${accelerator ?? ''}${gpuType === undefined ? '' : `, gpuType: ${gpuType}`}`,
  };
  if (gpuType !== undefined) return { kind: 'gpu', chip: gpuType, from };
  if (accelerator === undefined) return undefined;
  if (/^none$/i.test(accelerator)) return { kind: 'cpu', from };
  // Kaggle: `nvidiaTeslaT4`, `nvidiaTeslaP100`, `nvidiaL4`.
  const kaggle = /^nvidia(?:Tesla)?([A-Z]\w+)$/.exec(accelerator)?.[1];
  if (kaggle !== undefined) return { kind: 'gpu', chip: kaggle, from };
  return /^gpu$/i.test(accelerator) ? { kind: 'gpu', from } : undefined;
}

/** The line of the output; it has no place in the cell's source, whose first line stands for it. */
function placeOf(path: string, cell: number, output: string, offset: number): MachineEvidence['from'] {
  const line = new LineIndex(output).position(offset).line;
  return { path, cell, text: (output.split(/\r\n|\r|\n/)[line] ?? '').trim().slice(0, 120) };
}
