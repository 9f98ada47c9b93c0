import { defineRule } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { clientOf } from '../shared/clientOf.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { isLimit } from '../shared/retryBounds.ts';
import { repeatsOnFailure, type TriedInLoop, triedByRecursion, triedInLoop } from '../shared/retryText.ts';

interface Stacked {
  readonly call: Call;
  readonly outer: { readonly start: number; readonly end: number; readonly what: string };
}

export default defineRule<Stacked>({
  meta: {
    id: 'llm-stacked-retries',
    title: 'Own retries around a client that retries by itself',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['llm-stacked-retries'],
    libraries: [
      'openai',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      'ai',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || /max_?retries/i.test(program.module.text)) return;
    for (const call of program.calls) {
      if (!retriesItself(call, program)) continue;
      const outer = outerRetry(call, program);
      if (!outer) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: `${outer.what} tries this call again, and the client tries each call three times already.`,
          why: 'The attempts multiply: when the provider is overloaded, every question is sent up to three times as often as the code says.',
          advice: `Give the client \`${program.module.language === 'python' ? 'max_retries=0' : 'maxRetries: 0'}\` and keep your own retries, or drop them and raise the client's number.`,
          condition: 'It costs only while requests fail.',
        },
        related: [{ span: { start: outer.start, end: outer.end }, message: 'Tried again here' }],
        state: { call, outer },
      };
    }
  },
});

/** openai 7.57 client.d.ts and anthropic 1.13 `_constants.py`: two retries; ai 7.0: two per call. */
const RETRYING = /^(openai\.OpenAI|@anthropic-ai\/sdk\.Anthropic|anthropic\.Anthropic)\.|^ai\.(generate|stream|embed)/;
/** Packages whose function calls its first argument again when it fails. */
const RETRY_WRAPPER =
  /^((p-retry|async-retry|promise-retry|retry-as-promised|ts-retry-promise)(\.(default|retry))?|exponential-backoff\.backOff|@lifeomic\/attempt\.retry)$/;
const RETRY_DECORATOR = /^(tenacity\.retry|backoff\.on_exception|retrying\.retry|retry\.retry)$/;

/** The client is made here, so that its settings are seen. */
function retriesItself(call: Call, program: Program): boolean {
  if (!RETRYING.test(call.api?.name ?? '') || call.api?.roles.includes('hosted-call') !== true) return false;
  if (call.api.name.startsWith('ai.')) return call.argument('options').kind === 'known';
  const client = clientOf(call, program);
  if (client?.api?.roles.includes('client-create') !== true) return false;
  const [options] = client.node.args;
  const isReadable =
    client.node.args.every(({ spread }) => spread === undefined) &&
    (program.module.language === 'python' || options === undefined || options.value.kind === 'mapping');
  return isReadable && !/spread|\.\.\./.test(program.text(client.node));
}

function outerRetry(call: Call, program: Program): Stacked['outer'] | undefined {
  const tried = triedInLoop(call, program);
  if (tried && repeatsOnFailure(tried, program) && repeatsTheSame(tried, call)) {
    const [loop] = call.place.loops;
    if (loop?.purpose === 'retry') return { ...loop.head, what: 'The loop' };
  }
  const recursion = triedByRecursion(call, program);
  if (recursion) return { ...spanOf(recursion.again.node), what: 'The function calls itself when it fails and' };
  for (const definition of enclosing(program.module, call.node).functions) {
    for (const { expression, start, end } of definition.decorators) {
      const name = program.qualifiedName(expression.kind === 'call' ? expression.callee : expression);
      if (name !== undefined && RETRY_DECORATOR.test(name)) return { start, end, what: 'The decorator' };
    }
    const wrapper = program.calls.find(
      ({ name, node }) =>
        RETRY_WRAPPER.test(name ?? '') && node.args.some(({ value }) => isFunction(value, definition)),
    );
    if (wrapper) return { ...spanOf(wrapper.node.callee), what: `\`${program.text(wrapper.node.callee)}\`` };
  }
  return undefined;
}

function isFunction(value: Expression, definition: FunctionDefinition): boolean {
  return value.kind === 'function' && value.definition === definition;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** Every turn sends the same: a loop over models or texts goes on to the next one instead. */
function repeatsTheSame({ loop, attempt }: TriedInLoop, call: Call): boolean {
  if (loop.kind === 'while') return [...walk([loop])].some(({ node }) => node.kind === 'name' && isLimit(node.name));
  const turn = loop.target ?? (loop.init ?? []).flatMap((part) => (part.kind === 'assign' ? part.targets : []))[0];
  if (!turn || loop.form === 'keys') return false;
  const isCounter =
    loop.form === 'count' || (loop.iterable?.kind === 'call' && readNames(loop.iterable.callee)[0] === 'range');
  const names = new Set(readNames(turn));
  if (!isCounter && ![...names].some(isLimit)) return false;
  for (const { node } of walk(loop.body)) {
    if (node.kind !== 'assign' || !node.value || contains(node, attempt)) continue;
    if (contains(node, call.node) || !readNames(node.value).some((name) => names.has(name))) continue;
    for (const target of node.targets) for (const name of readNames(target)) names.add(name);
  }
  return !readNames(call.node).some((name) => names.has(name));
}
