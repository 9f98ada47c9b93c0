import type { ModelKind } from '../../../energy/modelFacts.ts';
import { ConfigReader } from './configReader.ts';
import { decoderSize } from './decoderSize.ts';
import { encoderSize } from './encoderSize.ts';
import type { NetworkSize } from './networkSize.ts';
import { bartSize, t5Size } from './sequenceSize.ts';
import { visionSize, waveformSize } from './visionSize.ts';

/** What a `config.json` of transformers says. The size is missing where its architecture is not one whose parameters can be counted. */
export interface ConfiguredModel {
  readonly kind: ModelKind;
  readonly size?: NetworkSize;
}

const ENCODER =
  /^(?:bert|roberta|xlm-roberta|distilbert|electra|albert|camembert|mpnet|deberta(?:-v2)?|modernbert|longformer|big_bird|xlm|nomic_bert|mobilebert|layoutlm\w*|flaubert|ernie|new|gte)$/;
const T5 = /^(?:t5|mt5|umt5|longt5|byt5|switch_transformers)$/;
const BART = /^(?:bart|mbart|pegasus|marian|m2m_100|blenderbot\w*|led|plbart|nllb-moe)$/;
const VISION = /^(?:vit\w*|deit|beit|dinov2\w*|data2vec-vision|siglip_vision_model|clip_vision_model|ijepa|hiera)$/;
const OTHER_VISION =
  /^(?:resnet|regnet|convnext(?:v2)?|swin(?:v2)?|mobilenet_v\d|efficientnet|mobilevit\w*|segformer|levit|pvt\w*|dpt|timm_wrapper|focalnet|cvt)$/;
const DETECTION =
  /^(?:detr|yolos|deformable_detr|rt_detr\w*|conditional_detr|table-transformer|owlv\w*|grounding-dino)$/;
const WAVEFORM = /^(?:wav2vec2\w*|hubert|wavlm|unispeech\w*|sew\w*|data2vec-audio)$/;
const OTHER_SPEECH =
  /^(?:speech_to_text|seamless_m4t\w*|musicgen\w*|bark|vits|speecht5|audio-spectrogram-transformer)$/;
const PAIRED = /^(?:clip|siglip\d?|align|chinese_clip|clipseg|blip)$/;

export function transformersModel(json: unknown): ConfiguredModel | undefined {
  const config = new ConfigReader(json);
  const type = config.modelType;
  if (type === '') return undefined;
  if (PAIRED.test(type)) return { kind: 'vision', ...sized(together(config, 'text_config', 'vision_config')) };
  if (ENCODER.test(type)) return { kind: encoderKind(config), ...sized(encoderSize(config)) };
  if (T5.test(type)) return { kind: 'seq2seq', ...sized(t5Size(config)) };
  if (BART.test(type)) return { kind: 'seq2seq', ...sized(bartSize(config)) };
  if (type === 'whisper') return { kind: 'speech', ...sized(bartSize(config)) };
  if (WAVEFORM.test(type)) return { kind: 'speech', ...sized(waveformSize(config)) };
  if (OTHER_SPEECH.test(type)) return { kind: 'speech' };
  if (VISION.test(type)) return { kind: 'vision', ...sized(visionSize(config)) };
  if (OTHER_VISION.test(type)) return { kind: 'vision' };
  if (DETECTION.test(type)) return { kind: 'detection' };
  if (config.part('text_config') || config.part('vision_config')) {
    return { kind: config.part('vision_config') ? 'multimodal' : 'llm', ...sized(multimodalSize(config)) };
  }
  const kind = kindOfArchitecture(config);
  return kind && { kind, ...sized(kind === 'llm' ? decoderSize(config) : undefined) };
}

/** A type that is not listed: its class says what it does. Base models of unknown types stay unknown. */
function kindOfArchitecture(config: ConfigReader): ModelKind | undefined {
  const [architecture = ''] = config.architectures;
  if (/(?:CausalLM|LMHeadModel|ForConditionalGeneration)$/.test(architecture)) return 'llm';
  if (/(?:ForImageClassification|ForSemanticSegmentation|ForDepthEstimation)$/.test(architecture)) return 'vision';
  if (/ForObjectDetection$/.test(architecture)) return 'detection';
  if (/(?:ForCTC|ForAudioClassification|ForSpeechSeq2Seq)$/.test(architecture)) return 'speech';
  if (/(?:ForSequenceClassification|ForTokenClassification|ForMaskedLM|ForQuestionAnswering)$/.test(architecture))
    return 'encoder';
  return config.architectures.length === 0 && config.count('vocab_size') !== undefined ? 'llm' : undefined;
}

function sized(size: NetworkSize | undefined): { readonly size?: NetworkSize } {
  return size === undefined ? {} : { size };
}

/** A single score out of a pair of texts is what rerankers give. */
function encoderKind(config: ConfigReader): ModelKind {
  const [architecture = ''] = config.architectures;
  const labels = Object.keys(config.part('id2label') ?? {}).length;
  return architecture.endsWith('ForSequenceClassification') && config.count('num_labels') === 1 && labels <= 1
    ? 'reranker'
    : 'encoder';
}

/** A language model with an image side; some keep the language model's sizes at the top. */
function multimodalSize(config: ConfigReader): NetworkSize | undefined {
  const text = config.part('text_config');
  const language = (text && decoderSize(text)) ?? decoderSize(config);
  const vision = config.part('vision_config');
  if (!language) return undefined;
  const seen = vision ? visionSize(vision)?.parameters : 0;
  return {
    ...language,
    parameters: language.parameters + (seen ?? 0),
    ...(language.activeParameters === undefined ? {} : { activeParameters: language.activeParameters + (seen ?? 0) }),
  };
}

function together(config: ConfigReader, textPart: string, visionPart: string): NetworkSize | undefined {
  const text = config.part(textPart);
  const vision = config.part(visionPart);
  const words = text && encoderSize(text);
  const image = vision && visionSize(vision);
  if (!words || !image) return undefined;
  const projected = config.count('projection_dim') ?? 0;
  const projections = projected * ((words.hidden ?? 0) + (image.hidden ?? 0));
  return { ...image, parameters: words.parameters + image.parameters + projections };
}
