import { type Found, foundAt } from './place.ts';

/** Base images that only make sense with a GPU. */
const GPU_IMAGE =
  /^(nvidia\/cuda|nvcr\.io\/nvidia\/|pytorch\/pytorch|rocm\/|vllm\/vllm-openai|huggingface\/transformers(-pytorch|-tensorflow)?-(latest-)?gpu|ghcr\.io\/huggingface\/text-generation-inference)|^tensorflow\/tensorflow:\S*gpu|[:-](gpu|cuda|cu\d{2,3})\b/;
/** Base images for machines without one: TensorFlow's plain tags, and functions of a cloud. */
const CPU_IMAGE =
  /^tensorflow\/tensorflow(:(?!\S*gpu)\S*)?$|^public\.ecr\.aws\/lambda\/|^mcr\.microsoft\.com\/azure-functions\/|transformers\S*-cpu|:cpu-|-cpu\b/;
const FROM = /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim;

/** What a Dockerfile says of its machine: the base image of its last stage, the wheels that it installs, what it hides. */
export function dockerfile(text: string): readonly Found[] {
  const source = text.replace(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length));
  return [
    ...lastStage(source),
    ...foundAt(source, /^.*download\.pytorch\.org\/whl\/cpu.*$/m, { kind: 'cpu' }),
    ...foundAt(source, /^.*download\.pytorch\.org\/whl\/cu\d+.*$/m, { kind: 'gpu' }),
    ...foundAt(source, /^[ \t]*ENV[ \t]+CUDA_VISIBLE_DEVICES[= \t]+(""|''|-1|"-1")[ \t]*$/m, { kind: 'cpu' }),
    ...foundAt(source, /^[ \t]*ENV[ \t]+NVIDIA_VISIBLE_DEVICES[= \t]+"?(all|\d).*$/m, { kind: 'gpu' }),
  ];
}

function lastStage(source: string): readonly Found[] {
  const stages = [...source.matchAll(FROM)].map((match) => ({
    image: match[1] ?? '',
    alias: match[2]?.toLowerCase(),
    span: { start: match.index, end: match.index + match[0].length },
  }));
  let stage = stages.at(-1);
  for (let hop = 0; stage && hop < stages.length; hop++) {
    const name: string = stage.image.toLowerCase();
    const base = stages.find(({ alias }) => alias === name);
    if (!base || base === stage) break;
    stage = base;
  }
  if (!stage) return [];
  const { image, span } = stage;
  if (GPU_IMAGE.test(image)) return [{ kind: 'gpu', span }];
  return CPU_IMAGE.test(image) ? [{ kind: 'cpu', span }] : [];
}
