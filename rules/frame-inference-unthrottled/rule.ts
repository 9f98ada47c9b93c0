import { defineRule, type RelatedSpan } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { methodName } from '../shared/devices.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type FrameSource, frameSource } from './frames.ts';
import { isPaced } from './pacing.ts';

interface State {
  readonly call: Call;
  readonly source: FrameSource;
}

export default defineRule<State>({
  meta: {
    id: 'frame-inference-unthrottled',
    title: 'Model run for every frame of the screen',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['frame-inference-unthrottled'],
    libraries: [
      '@mediapipe/tasks-vision',
      '@tensorflow-models',
      '@tensorflow/tfjs',
      'onnxruntime-web',
      '@huggingface/transformers',
      '@xenova/transformers',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || isPaced(program)) return;
    for (const call of program.calls) {
      const source = frameSource(call, program);
      if (!source || !runsOnVideo(call, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: `\`${calleeText(call, program)}\` runs for every frame of the screen, also when the video shows the same picture as before.`,
          why: 'Screens draw 60 to 120 times a second, cameras deliver 24 to 30 pictures: half of the runs and more compute the same again.',
          advice: 'Return early while `video.currentTime` is what it was, or use `video.requestVideoFrameCallback`.',
          condition: 'It depends on the screen, the camera and whether the model keeps up with the screen.',
        },
        related: related(source),
        state: { call, source },
      };
    }
  },

  effect() {
    return {
      before: { kind: 'vision', unit: 'item', engine: 'tfjs', repeats: 2 },
      after: { repeats: 1 },
    };
  },
});

const VIDEO_METHODS = /^(detectForVideo|recognizeForVideo|segmentForVideo)$/;
const MODEL_METHODS =
  /^(estimate(Poses|Faces|Hands|SinglePose|MultiplePoses)|segment(People|Person|MultiPersonParts)|detect|classify)$/;
/** Models whose input is made from the picture. */
const RUNS =
  /^(onnxruntime-\w+\.InferenceSession\.run|@(huggingface|xenova)\/transformers\.\w*Pipeline\.__call__|@tensorflow\/tfjs\.\w*Model\.(predict|execute|executeAsync))$/;
const VIDEO = /video|webcam|camera/i;
/** Takes the picture that a video shows at the moment. */
const GRABS_VIDEO =
  /(drawImage|fromPixels|fromPixelsAsync)\(\s*[\w.]*(video|webcam|camera)|(video|webcam|camera)\w*\.(capture|getScreenshot)\(/i;

function runsOnVideo(call: Call, program: Program): boolean {
  const method = methodName(call) ?? '';
  const [input] = call.node.args;
  if (VIDEO_METHODS.test(method)) return /@mediapipe\/tasks-vision/.test(program.module.text);
  if (input === undefined) return false;
  if (MODEL_METHODS.test(method) && /^@tensorflow-models\//.test(call.name ?? ''))
    return VIDEO.test(program.text(input.value)) || grabsVideo(call, program);
  return RUNS.test(call.name ?? '') && grabsVideo(call, program);
}

/** The function around the call, or one on the way from the frame to it, takes the video's picture. */
function grabsVideo({ place }: Call, program: Program): boolean {
  const owners = [...(place.entryPoint?.path ?? []), ...(place.function ? [place.function] : [])];
  return owners.some((owner) => GRABS_VIDEO.test(program.text(owner)));
}

function related(source: FrameSource): readonly RelatedSpan[] {
  return relatedScale(
    'loop' in source ? { kind: 'items', loop: source.loop } : { kind: 'request', entryPoint: source.entry },
  );
}
