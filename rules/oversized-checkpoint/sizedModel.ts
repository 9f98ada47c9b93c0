import type { Call, Program } from '../../src/core/semantics/program.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import type { LighterModel } from '../../src/knowledge/models/lighterModels.ts';
import { codeText } from '../shared/codeText.ts';
import type { Oversized } from './oversized.ts';

/** A lighter size under the name that the loading library has for it, and the catalogue's. */
interface Size {
  readonly name: string;
  readonly catalogue: string;
  readonly note: string;
  readonly source: string;
}

const TURBO = {
  catalogue: 'openai/whisper-large-v3-turbo',
  note: 'decoder of 4 layers instead of 32, about 8 times as fast, cannot translate',
  source: 'openai/whisper README, 2024',
};
const DISTIL = {
  catalogue: 'distil-whisper/distil-large-v3',
  note: 'within 1 % word error rate on long recordings, 6.3 times as fast, English only',
  source: 'model card (distil-whisper), 2024',
};
const WHISPER_LIBRARIES: Readonly<Record<string, { readonly turbo: string; readonly distil?: string }>> = {
  'whisper.load_model': { turbo: 'turbo' },
  'faster_whisper.WhisperModel': { turbo: 'large-v3-turbo', distil: 'distil-large-v3' },
  transformers: { turbo: TURBO.catalogue, distil: DISTIL.catalogue },
};
const LARGE_WHISPER = /^(openai\/whisper-|Systran\/faster-whisper-)?large(-v[123])?$/;
/** Languages for which turbo is about as good as large (openai/whisper discussion 2363 names Thai and Cantonese as worse). */
const WELL_SERVED =
  /^(en|english|de|german|fr|french|es|spanish|it|italian|pt|portuguese|nl|dutch|ja|japanese|ko|korean|ru|russian|pl|polish|zh|chinese)$/i;
const YOLO = /^(yolov?(?:5|8|9|10|11|12))([xle])(u?)(-seg|-pose|-cls|-obb)?(\.pt)?$/;

/** A large Whisper or YOLO model, whose size is a word of the library: `whisper.load_model("large-v3")`, `YOLO("yolov8x.pt")`. */
export function sizedModel(program: Program, call: Call, id: string): Oversized | undefined {
  const name = call.api?.name ?? '';
  if (name === 'ultralytics.YOLO' || name === 'torch.hub.load') return yolo(program, id);
  const library =
    WHISPER_LIBRARIES[name] ?? (name.startsWith('transformers.') ? WHISPER_LIBRARIES['transformers'] : undefined);
  if (library === undefined || !LARGE_WHISPER.test(id) || (name.startsWith('transformers.') && !id.includes('/')))
    return undefined;
  const language = spokenLanguage(program);
  const computeType = call.constantArgument('compute_type');
  const isQuantised = computeType.kind === 'known' && String(computeType.value).startsWith('int8');
  if (isQuantised || /translat/i.test(codeText(program)) || (language !== undefined && !WELL_SERVED.test(language)))
    return undefined;
  const isEnglish = language !== undefined && /^en/i.test(language);
  const sizes: readonly Size[] = [
    { name: library.turbo, ...TURBO },
    ...(library.distil !== undefined && isEnglish ? [{ name: library.distil, ...DISTIL }] : []),
  ];
  return oversizedAs(`openai/whisper-${id.replace(/^.*whisper-/, '')}`, sizes);
}

/** Language that the file transcribes, where it says one. */
function spokenLanguage(program: Program): string | undefined {
  return /language["']?\s*[=:]\s*["'](\w+)["']/.exec(codeText(program))?.[1];
}

/** Weights of the two largest sizes that the library publishes; a file of one's own has another name. */
function yolo(program: Program, id: string): Oversized | undefined {
  const match = YOLO.exec(id.toLowerCase());
  // A measurement of sizes, and the training where size is a variable.
  if (match === null || /\.(val|benchmark|tune)\(/.test(codeText(program))) return undefined;
  const [, family = '', size = '', , task = '', suffix = ''] = match;
  const lighter = ['s', 'n'].map((letter): Size => {
    return {
      name: `${family}${letter}${task}${suffix}`,
      catalogue: `${family}${letter}`,
      note: 'same family, fewer parameters; small objects suffer first',
      source: 'Ultralytics model tables, 2025',
    };
  });
  return oversizedAs(`${family}${size}`, lighter);
}

function oversizedAs(catalogue: string, sizes: readonly Size[]): Oversized | undefined {
  const model = findModel(catalogue);
  if (model === undefined || model.basis !== 'catalogue') return undefined;
  const lighter = sizes.map(({ name, catalogue: id, note, source }): LighterModel => {
    const parameters = findModel(id)?.parameters;
    return { id: name, note, source, ...(parameters === undefined ? {} : { parameters }) };
  });
  const [first] = sizes;
  if (first === undefined) return undefined;
  return { model, lighter, isGenerativeForLabels: false, measuredAs: { before: catalogue, after: first.catalogue } };
}
