import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { pythonCacheFix } from '../model-load-per-call/pythonCacheFix.ts';
import { type Repetition, repetitionOf } from '../model-load-per-call/repeatedLoad.ts';
import { calleeText } from '../shared/calleeText.ts';
import { lazySingleton } from '../shared/lazySingleton.ts';
import { namesOf } from '../shared/namesOf.ts';

interface State {
  readonly client: Call;
  readonly repetition: Repetition;
}

export default defineRule<State>({
  meta: {
    id: 'llm-client-per-request',
    title: 'Client of a hosted model made again for every request',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['llm-client-per-request', 'llm-client-per-call'],
    libraries: [
      '@aws-sdk/client-bedrock-runtime',
      '@aws-sdk/client-bedrock-agent-runtime',
      'openai',
      'anthropic',
      'google',
      'boto3',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const client of program.calls) {
      if (!isPoolingClient(client, program) || isGivenKey(client)) continue;
      const repetition = repetitionOf(client, program);
      if (!repetition) continue;
      const often = repetition.kind === 'loop' ? 'turn of the loop' : repetition.entry.kind;
      yield {
        span: { start: client.node.start, end: client.node.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(client, program)}\` makes a new client for every ${often}.`,
          why: 'Each client opens connections of its own, so that every request waits for a new TLS handshake.',
          advice: 'Make it once and share it; it may be used by many requests at a time.',
          condition: 'This saves time more than energy.',
        },
        related: [
          repetition.kind === 'loop'
            ? { span: repetition.loop.head, message: 'runs in every turn of this loop' }
            : { span: repetition.entry, message: `runs for every ${repetition.entry.kind}` },
        ],
        state: { client, repetition },
      };
    }
  },

  effect() {
    return {
      before: { kind: 'hosted-call', unit: 'request', engine: 'hosted' },
      after: {},
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { client, repetition } }, program): readonly Fix[] {
    const reason = 'One client serves all callers; credentials are read when it is made.';
    if (program.module.language === 'python') {
      const fix = pythonCacheFix({ load: client, repetition, names: namesOf(program) }, program);
      return fix ? [{ ...fix, title: fix.title.replace('model', 'client'), safety: 'suggestion', reason }] : [];
    }
    const singleton = lazySingleton(program.module, client.node, 'Client');
    if (!singleton) return [];
    return [
      { title: `Share one client through ${singleton.get}()`, safety: 'suggestion', reason, edits: singleton.edits },
    ];
  },
});

/** Clients that own a pool of connections. In JavaScript most share the platform's `fetch`: making them costs next to nothing. */
const POOLING = /^@aws-sdk\/client-bedrock(-agent)?-runtime\.Bedrock\w*Client$/;
const PYTHON_POOLING = /^(openai|anthropic|google\.genai)\.(Async)?(Azure)?\w*(OpenAI|Anthropic|Client)$/;

function isPoolingClient(call: Call, program: Program): boolean {
  const name = call.name ?? '';
  if (program.module.language !== 'python') return call.node.isNew && POOLING.test(name);
  if (name === 'boto3.client') {
    const service = call.node.args[0] && program.constant(call.node.args[0].value);
    return service?.kind === 'known' && /^bedrock/.test(String(service.value));
  }
  return PYTHON_POOLING.test(name) && call.api?.roles.includes('client-create') === true;
}

/** A key that somebody hands in belongs to one user: sharing the client would share the key. */
function isGivenKey({ node }: Call): boolean {
  return node.args.some(({ value, spread }) => spread !== undefined || value.kind === 'name');
}
