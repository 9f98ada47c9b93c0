import type { Message, Severity } from '../../src/core/engine/rule.ts';
import type { BatchForm } from '../../src/core/semantics/apiEntry.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import type { ItemwiseEmbedding } from './itemwiseEmbedding.ts';

export function messageOf(
  { call, site, engine, batch, elsewhere }: ItemwiseEmbedding,
  severity: Severity,
  program: Program,
): Message {
  const what = elsewhere
    ? `\`${calleeText(site, program)}\` handles one item, and a loop in another file calls it for each.`
    : `\`${calleeText(site, program)}\` handles one item in every turn of the loop.`;
  const advice = adviceFor(call, batch);
  if (engine.kind === 'hosted') {
    return {
      what,
      why: 'Every text pays for a request of its own, and the provider cannot fill a batch.',
      advice: `${advice.slice(0, -1)}${limitText(batch.limit)}.`,
      condition: 'It saves requests and waiting; what the provider saves is not published.',
    };
  }
  const why = 'With one item the weights are read from memory again for each result, and most of the device idles.';
  if (severity === 'warning') return { what, why, advice };
  const condition = isOnCpu(engine.device, program)
    ? 'On a CPU only short texts gain; long ones may lose.'
    : 'It depends on how many items there are.';
  return { what, why, advice, condition };
}

/** The SDKs of Google take contents, not texts: newer models make one vector of a list of plain strings (@google/genai 3.1 tContents). */
function adviceFor({ api }: Call, { via }: BatchForm): string {
  const name = api?.name ?? '';
  if (name.startsWith('@google/genai.'))
    return 'Pass a list of contents in one call (`contents: texts.map((text) => ({ parts: [{ text }] }))`), not of plain strings, which newer models merge into one.';
  if (name.startsWith('@google/generative-ai.'))
    return 'Pass them to `batchEmbedContents({ requests })` in one call, as `{ content: { role: "user", parts: [{ text }] } }` each.';
  return via === undefined
    ? 'Collect the items and pass them as one list.'
    : `Collect the items and pass them to \`${via}\` in one call.`;
}

/** Where the profile decides, its device. */
export function isOnCpu(device: 'cpu' | 'gpu' | 'profile', program: Program): boolean {
  return device === 'cpu' || (device === 'profile' && program.environment.hardware.kind === 'cpu');
}

function limitText(limit: number | undefined): string {
  return limit === undefined ? '' : `, at most ${limit} a call`;
}
