import { defineRule } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly call: Call;
  readonly loop: FunctionDefinition;
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
    libraries: ['@mediapipe/tasks-vision', '@tensorflow-models', 'face-api.js', '@vladmandic/face-api'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || PACED.test(program.module.text)) return;
    for (const call of program.calls) {
      const loop = runsOnVideo(call, program) ? frameLoop(call, program) : undefined;
      if (!loop) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: `\`${calleeText(call, program)}\` runs for every frame of the screen, also when the video shows the same picture as before.`,
          why: 'Screens draw 60 to 120 times a second, cameras deliver 24 to 30 pictures: half of the runs and more compute the same again.',
          advice: 'Return early while `video.currentTime` is what it was, or use `video.requestVideoFrameCallback`.',
          condition: 'It depends on the screen, the camera and whether the model keeps up with the screen.',
        },
        related: [
          {
            span: loop.nameSpan ?? { start: loop.start, end: loop.bodySpan.start },
            message: 'Runs again for every frame',
          },
        ],
        state: { call, loop },
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

/** Looks at the time of the video, waits, counts frames, or stops when nobody watches. */
const PACED =
  /currentTime|requestVideoFrameCallback|setTimeout|setInterval|throttle|debounce|document\.hidden|visibilitychange|lastTime|lastVideo|elapsed|\bfps\b|frameCount|frame\s*%|%\s*\d+\s*===?\s*0|isProcessing|isDetecting|\bbusy\b/i;
const VIDEO_METHODS = /^(detectForVideo|recognizeForVideo|segmentForVideo)$/;
const MODEL_METHODS =
  /^(estimate(Poses|Faces|Hands|SinglePose|MultiplePoses)|segment(People|Person|MultiPersonParts)|detect|classify)$/;

function runsOnVideo(call: Call, program: Program): boolean {
  const method = methodName(call) ?? '';
  const [input] = call.node.args;
  if (VIDEO_METHODS.test(method)) return /@mediapipe\/tasks-vision/.test(program.module.text);
  const isModel = MODEL_METHODS.test(method) && /^@tensorflow-models\//.test(call.name ?? '');
  return isModel && input !== undefined && /video|webcam|camera/i.test(program.text(input.value));
}

/** The function around the call that asks for the next frame with itself. */
function frameLoop(call: Call, program: Program): FunctionDefinition | undefined {
  const owner = call.place.function;
  if (!owner) return undefined;
  const name = owner.name ?? nameOf(owner, program);
  for (const { node } of walk(owner.body)) {
    if (node.kind !== 'call' || !/(^|\.)requestAnimationFrame$/.test(program.text(node.callee))) continue;
    const [callback] = node.args;
    if (callback?.value.kind === 'name' && callback.value.name === name) return owner;
  }
  return undefined;
}

/** `const loop = () => { … }`. */
function nameOf(definition: FunctionDefinition, program: Program): string | undefined {
  for (const { node } of walk(program.module.body)) {
    if (node.kind !== 'assign' || node.value?.kind !== 'function' || node.value.definition !== definition) continue;
    const [target] = node.targets;
    return target?.kind === 'name' ? target.name : undefined;
  }
  return undefined;
}
