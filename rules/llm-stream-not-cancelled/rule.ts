import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import { insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { isDemonstration } from '../shared/demonstration.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { signalOf } from './requestSignal.ts';
import { NODE_FRAMEWORK, type ServedStream, servedStream } from './servedStream.ts';

export default defineRule<ServedStream>({
  meta: {
    id: 'llm-stream-not-cancelled',
    title: 'Generation goes on after the client has left',
    category: 'hosted-llm',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['llm-stream-not-cancelled'],
    libraries: ['ai', 'openai', '@anthropic-ai/sdk', '@anthropic-ai/bedrock-sdk', '@anthropic-ai/vertex-sdk'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || KNOWS.test(program.module.text)) return;
    for (const call of program.calls) {
      const stream = servedStream(call, program);
      if (!stream) continue;
      const isSdk = call.api?.name.startsWith('ai.') === true;
      const isNode = NODE_FRAMEWORK.test(stream.framework);
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        // Handlers of examples are copied, but few people leave them.
        severity: isDemonstration(program.path) ? 'hint' : 'information',
        message: {
          what: 'The answer is streamed to a client, and nothing stops the generation when the client leaves.',
          why: 'The provider goes on to generate, and bill, every token of an answer that nobody reads.',
          advice: isNode
            ? `Abort an \`AbortController\` in \`res.on('close', …)\`, and pass its signal ${isSdk ? 'as `abortSignal`' : 'in the second argument (`{ signal }`)'}.`
            : 'Pass the signal of the request as `abortSignal`.',
          condition: 'The saving depends on how often people leave or press stop before the end.',
        },
        related: relatedScale({ kind: 'request', entryPoint: stream.entryPoint }),
        state: stream,
      };
    }
  },

  fixes({ state }, program) {
    const fix = signalFix(state, program);
    return fix ? [fix] : [];
  },
});

/** Whoever deals with leaving clients, or lets answers go on for them on purpose. */
const KNOWS = /abort|\bsignal\b|resum|consumeStream|waitUntil|\bafter\(|on\(\s*['"](close|aborted)['"]|\.destroyed\b/i;

function signalFix({ call, handler, framework }: ServedStream, program: Program): Fix | undefined {
  const [options] = call.node.args;
  const signal = signalOf(handler, framework, program);
  if (!call.api?.name.startsWith('ai.') || options?.value.kind !== 'mapping' || signal === undefined) return undefined;
  return {
    title: `Stop with the request: abortSignal: ${signal}`,
    safety: 'suggestion',
    reason:
      'An answer that is cut off no longer reaches `onFinish`, so that code which saves it there has to handle `onAbort`.',
    edits: insertProperty(options.value, `abortSignal: ${signal}`, program.module.text, program.module.language),
  };
}
