import type { Expression, MappingExpression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hostedForm } from '../shared/hostedForm.ts';
import { hostedModel } from '../shared/hostedRequest.ts';
import { namedModel } from '../shared/namedModels.ts';
import { writtenSource } from '../shared/writtenSource.ts';

/** How an interface marks a prompt for the cache. */
export type CacheMark = 'anthropic' | 'converse' | 'langchain' | 'ai-anthropic' | 'ai-bedrock';

export interface CacheableRequest {
  readonly mark: CacheMark;
  readonly model: string;
  readonly system: Expression;
  readonly tools?: Expression;
}

const CONVERSE = /^@aws-sdk\/client-bedrock-runtime\.(Converse(Stream)?Command|BedrockRuntime\.converse(Stream)?)$/;
const INVOKE = /^@aws-sdk\/client-bedrock-runtime\.InvokeModel(WithResponseStream)?Command$/;
const LANGCHAIN = /^@langchain\/anthropic\.ChatAnthropic\.(invoke|stream)$/;
/** Claude models whose prompts Bedrock caches (Amazon Bedrock User Guide, Prompt caching, 2025). */
const ON_BEDROCK =
  /^((us|eu|apac|global)\.)?anthropic\.claude-(3-5-haiku|3-5-sonnet-20241022|3-7-sonnet|(opus|sonnet|haiku)-4)/;

/** A request whose instructions could be marked; `undefined` where a part that is not seen may hold the mark. */
export function cacheableRequest(call: Call, program: Program): CacheableRequest | undefined {
  const name = call.api?.name ?? call.name ?? '';
  if (CONVERSE.test(name)) return converse(call, program);
  if (INVOKE.test(name)) return invokeModel(call, program);
  if (LANGCHAIN.test(name)) return langChain(call, program);
  return hosted(call, program);
}

function hosted(call: Call, program: Program): CacheableRequest | undefined {
  const found = hostedForm(call, program);
  const isAnthropic = /nthropic.*messages\./.test(call.api?.name ?? '');
  if (!found || !(isAnthropic || call.api?.name.startsWith('ai.') === true)) return undefined;
  const model = hostedModel(call, found.at, program);
  const system = call.argument(`${found.at}system`);
  const hidden = ['cache_control', 'providerOptions', 'extra_body'];
  if (!model?.isCertain || system.kind !== 'known') return undefined;
  if (hidden.some((part) => call.argument(found.at + part).kind !== 'absent')) return undefined;
  const isBedrock = !isAnthropic && /^[\w.]*anthropic\./.test(model.id);
  if (isBedrock && !ON_BEDROCK.test(model.id)) return undefined;
  const tools = call.argument(`${found.at}tools`);
  return {
    mark: isAnthropic ? 'anthropic' : isBedrock ? 'ai-bedrock' : 'ai-anthropic',
    model: model.id,
    system: system.value,
    ...(tools.kind === 'known' ? { tools: tools.value } : {}),
  };
}

/** `new ConverseCommand({ modelId, system: [{ text }], messages })`. */
function converse(call: Call, program: Program): CacheableRequest | undefined {
  const model = namedModel(program, call);
  const system = call.argument('input.system');
  if (!model?.isCertain || !ON_BEDROCK.test(model.id) || system.kind !== 'known') return undefined;
  return { mark: 'converse', model: model.id, system: system.value };
}

/** `new InvokeModelCommand({ modelId, body: JSON.stringify({ system, messages }) })`: the body is a request of Anthropic. */
function invokeModel(call: Call, program: Program): CacheableRequest | undefined {
  const model = namedModel(program, call);
  const body = call.argument('input.body');
  if (!model?.isCertain || !ON_BEDROCK.test(model.id) || body.kind !== 'known') return undefined;
  const request = stringified(writtenSource(body.value, program), program);
  if (!request || request.entries.some(({ isSpread }) => isSpread)) return undefined;
  const system = valueIn(request, /^system$/);
  const tools = valueIn(request, /^tools$/);
  return system && { mark: 'anthropic', model: model.id, system, ...(tools ? { tools } : {}) };
}

/** What `JSON.stringify` is given inside an expression: `new TextEncoder().encode(JSON.stringify(request))`. */
function stringified(body: Expression, program: Program): MappingExpression | undefined {
  for (const { node } of walkFrom([{ kind: 'expression', node: body }])) {
    if (node.kind !== 'call' || program.text(node.callee) !== 'JSON.stringify') continue;
    const [request] = node.args;
    const source = request && writtenSource(request.value, program);
    return source?.kind === 'mapping' ? source : undefined;
  }
  return undefined;
}

/** `chat.invoke([new SystemMessage(TEXT), …])` for `chat = new ChatAnthropic({ model })`. */
function langChain(call: Call, program: Program): CacheableRequest | undefined {
  const [messages, ...others] = call.node.args;
  const chat = call.receiver && program.origin(call.receiver);
  const options = chat?.node.args[0]?.value;
  const source = options && writtenSource(options, program);
  if (!messages || others.length > 0 || source?.kind !== 'mapping') return undefined;
  const id = valueIn(source, /^(model|modelName)$/);
  const model = id && program.constant(id);
  if (source.entries.some(({ isSpread }) => isSpread) || model?.kind !== 'known') return undefined;
  const list = writtenSource(messages.value, program);
  const system = list.kind === 'sequence' && list.elements[0] && systemText(list.elements[0], program);
  return system && typeof model.value === 'string' ? { mark: 'langchain', model: model.value, system } : undefined;
}

/** Text of `new SystemMessage(text)`, `['system', text]` or `{ role: 'system', content: text }`. */
function systemText(message: Expression, program: Program): Expression | undefined {
  const isSystem = (role: Expression | undefined): boolean => {
    const constant = role && program.constant(role);
    return constant?.kind === 'known' && constant.value === 'system';
  };
  if (message.kind === 'sequence') return isSystem(message.elements[0]) ? message.elements[1] : undefined;
  if (message.kind === 'mapping')
    return isSystem(valueIn(message, /^role$/)) ? valueIn(message, /^content$/) : undefined;
  if (message.kind !== 'call' || !/\.SystemMessage$/.test(program.qualifiedName(message.callee) ?? ''))
    return undefined;
  const text = message.args[0]?.value;
  return text?.kind === 'mapping' ? valueIn(text, /^content$/) : text;
}

function valueIn({ entries }: MappingExpression, key: RegExp): Expression | undefined {
  return entries.find((entry) => entry.key !== undefined && key.test(entry.key))?.value;
}
