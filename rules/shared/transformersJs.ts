import type { Call } from '../../src/core/semantics/program.ts';
import type { ModelReference, Workload } from '../../src/energy/workload.ts';

const PACKAGE = '@huggingface/transformers.';

/** Loads of weights through Transformers.js 3 and later; tokenizers, processors and configurations hold none. */
export function isTransformersJsLoad(call: Call): boolean {
  return call.api?.name.startsWith(PACKAGE) === true && call.api.roles.includes('model-load');
}

/** `pipeline(…)` of any major version; version 2 was published as @xenova/transformers. */
export function isPipeline(call: Call): boolean {
  return /^@(huggingface|xenova)\/transformers\.pipeline$/.test(call.api?.name ?? '');
}

/** Task of `pipeline(task, …)` under the name that Transformers.js uses inside, or what the class name of `X.from_pretrained` tells. */
export function taskOf(call: Call): string | undefined {
  if (isPipeline(call)) {
    const task = call.constantArgument('task');
    return task.kind === 'known' && typeof task.value === 'string'
      ? (ALIASES.get(task.value) ?? task.value)
      : undefined;
  }
  const name = className(call);
  return name === undefined ? undefined : CLASS_TASKS.find(([pattern]) => pattern.test(name))?.[1];
}

/** `AutoModelForCausalLM` of `AutoModelForCausalLM.from_pretrained`. */
export function className(call: Call): string | undefined {
  return call.name?.split('.').at(-2);
}

export function modelId(call: Call): string | undefined {
  const id = call.constantArgument(call.api?.modelParameter ?? 'model');
  return id.kind === 'known' && typeof id.value === 'string' ? id.value : undefined;
}

/** @huggingface/transformers 4.3.1 src/pipelines/index.js, TASK_ALIASES. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['sentiment-analysis', 'text-classification'],
  ['ner', 'token-classification'],
  ['asr', 'automatic-speech-recognition'],
  ['text-to-speech', 'text-to-audio'],
  ['embeddings', 'feature-extraction'],
]);

const CLASS_TASKS: readonly (readonly [RegExp, string])[] = [
  [/ForCausalLM$|LMHeadModel$/, 'text-generation'],
  [
    /TextTo(Spectrogram|Waveform)|SpeechT5|HifiGan|Vits|Vocoder|Kokoro|StyleTextToSpeech|Supertonic|Chatterbox/,
    'text-to-audio',
  ],
  [/SpeechSeq2Seq$|ForCTC$|Whisper|Moonshine/, 'automatic-speech-recognition'],
  [/ImageTextToText$|Vision2Seq$|ForConditionalGeneration$/, 'image-text-to-text'],
  [/SequenceClassification$/, 'text-classification'],
  [/TokenClassification$/, 'token-classification'],
  [/QuestionAnswering$/, 'question-answering'],
  [/MaskedLM$/, 'fill-mask'],
  [/Seq2SeqLM$/, 'text2text-generation'],
  [
    /ImageClassification$|Segmentation$|ObjectDetection$|DepthEstimation$|ImageMatting$|ImageToImage$|VisionModel|ImageFeatureExtraction/,
    'image',
  ],
];

/** Quality suffers or the model is too small for 8-bit weights to matter: speech synthesis, codecs, voice activity. */
const NOT_WORTH =
  /speecht5|hifi-?gan|vits|mms-tts|silero|vad\b|kokoro|supertonic|encodec|\bdac[_-]|snac|mimi|outetts|chatterbox|bark|musicgen|pyannote|wespeaker/i;
/** Convolutions: 8-bit weights halve the file and cost CPU time (IS-Net, measured: +9 %). */
const CONVOLUTIONAL =
  /resnet|mobilenet|efficientnet|efficientvit|convnext|regnet|densenet|yolo|modnet|rmbg|isnet|u2net|unet|bria|ben2|birefnet|swin2sr|swinir|realesrgan|vitmatte|mobileone|fastvit|repvgg|ghostnet|hgnet|rtdetr|rt-detr|d_?fine|detr-resnet/i;
/** Nothing tells what kind of network it is: `AutoModel.from_pretrained(id)` with an id that comes from elsewhere. */
export function isUnknownArchitecture(call: Call): boolean {
  return taskOf(call) === undefined && modelId(call) === undefined;
}

/** The repository or file holds quantised weights already. */
const QUANTISED = /[-_.](q4f16|q4|q8|int4|int8|uint8|bnb4|quantized|4bit|8bit)(?![a-z0-9])/i;

export function isNotWorthQuantising(call: Call): boolean {
  const id = modelId(call) ?? '';
  return taskOf(call) === 'text-to-audio' || isNotWorthId(id) || NOT_WORTH.test(className(call) ?? '');
}

export function isNotWorthId(id: string): boolean {
  return NOT_WORTH.test(id);
}

export function isConvolutionalId(id: string): boolean {
  return CONVOLUTIONAL.test(id);
}

export function isConvolutional(call: Call): boolean {
  const task = taskOf(call);
  if (task === 'background-removal' || task === 'image-to-image') return true;
  return isConvolutionalId(modelId(call) ?? '') || CONVOLUTIONAL.test(className(call) ?? '');
}

export function isQuantisedModel(call: Call): boolean {
  return QUANTISED.test(modelId(call) ?? '');
}

/** A path in the project: its config.json may set `transformers.js_config.dtype`, which wins over the device's default. */
export function isLocalModel(call: Call): boolean {
  return /^(\.{0,2}\/|file:|[A-Za-z]:\\|~\/)/.test(modelId(call) ?? '');
}

/** Decoder language models: nearly all time goes into reading weights, so 4 bits pay. */
export function isDecoder(call: Call): boolean {
  const task = taskOf(call);
  return task === 'text-generation' || task === 'image-text-to-text';
}

const KINDS: readonly (readonly [RegExp, Workload['kind']])[] = [
  [/^(text-generation|text2text-generation|summarization|translation|image-text-to-text|image-to-text)/, 'generate'],
  [/speech|audio/, 'speech'],
  [/image|object|depth|background|vision/, 'vision'],
];

export function workloadKind(call: Call): Workload['kind'] {
  const task = taskOf(call) ?? '';
  return KINDS.find(([pattern]) => pattern.test(task))?.[1] ?? 'encode';
}

export function modelReference(call: Call): { readonly model?: ModelReference } {
  const id = modelId(call);
  return id === undefined ? {} : { model: { id } };
}
