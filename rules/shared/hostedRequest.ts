import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hostedForm } from './hostedForm.ts';
import { type NamedModel, namedModel } from './namedModels.ts';
import { HOLE, promptText } from './promptText.ts';

/** One request to a hosted model whose model, instruction and limits the text shows. */
export interface HostedRequest {
  readonly call: Call;
  /** Where the prompt is written and the answer is used: `call`, or a call of the function around it (`requestsThrough`). */
  readonly site: Call;
  /** `openai`, `ai`, … as imported. */
  readonly library: string;
  readonly model: NamedModel;
  /** Constant text of the instruction and of the messages; `HOLE` for what varies. */
  readonly prompt: string;
  /** Limit of the output in tokens; `undefined` where none is given. */
  readonly cap?: number;
  /** Parameter of the limit, without the options object: `maxOutputTokens`. */
  readonly capParameter: string;
  readonly schema?: Expression;
}

/** `undefined` where any part that decides is unknown, where nothing varies from one request to the next, where tools are attached or the input is more than text. */
export function hostedRequest(call: Call, program: Program): HostedRequest | undefined {
  const name = call.api?.name ?? '';
  const found = hostedForm(call, program);
  if (!found) return undefined;
  const { form, at } = found;
  const model = hostedModel(call, at, program);
  if (!model?.isCertain) return undefined;
  if (form.tools.some((part) => call.argument(at + part).kind !== 'absent')) return undefined;
  const prompts: string[] = [];
  for (const part of form.text) {
    const argument = call.argument(at + part);
    if (argument.kind === 'absent') continue;
    const text =
      argument.kind === 'known'
        ? (promptText(argument.value, program) ?? plainText(part, argument.value, program))
        : undefined;
    if (text === undefined) return undefined;
    prompts.push(text);
  }
  // The same words every time are a demonstration.
  if (!prompts.some((text) => text.includes(HOLE))) return undefined;
  const caps = form.cap.map((part) => call.argument(at + part));
  const given = caps.find(({ kind }) => kind !== 'absent');
  const cap = given?.kind === 'known' ? program.constant(given.value) : given;
  if (cap && (cap.kind !== 'known' || typeof cap.value !== 'number')) return undefined;
  const schemas = form.schema.map((part) => call.argument(at + part));
  if (schemas.some(({ kind }) => kind === 'unknown')) return undefined;
  const schema = schemas.find((argument) => argument.kind === 'known');
  return {
    call,
    site: call,
    library: name.startsWith('@') ? name.split('.', 1).join('') : (name.split('.')[0] ?? ''),
    model,
    prompt: prompts.join('\n'),
    capParameter: form.cap[0] ?? '',
    ...(cap?.kind === 'known' && typeof cap.value === 'number' ? { cap: cap.value } : {}),
    ...(schema?.kind === 'known' ? { schema: schema.value } : {}),
  };
}

/** What the user says, where its type is text: `prompt` of the AI SDK, a parameter of type `string`. */
function plainText(part: string, value: Expression, program: Program): string | undefined {
  if (value.kind === 'attribute' || value.kind === 'call') return part === 'prompt' ? HOLE : undefined;
  if (value.kind !== 'name' || !/^(prompt|input|contents)$/.test(part)) return undefined;
  const parameter = program
    .place(value)
    .function?.parameters.find(({ target }) => target.kind === 'name' && target.name === value.name);
  return part === 'prompt' || /^(string|str)$/.test(parameter?.annotation?.trim() ?? '') ? HOLE : undefined;
}

const PROVIDER = /^(openai|anthropic|bedrock|google|mistral|xai|cohere|deepseek)(\.(chat|responses|languageModel))?$/;

/** The AI SDK takes `openai('gpt-4o')`, or `'openai/gpt-4o'` through its gateway. */
export function hostedModel(call: Call, at: string, program: Program): NamedModel | undefined {
  const named = namedModel(program, call);
  if (named) return named;
  const argument = call.argument(`${at}model`);
  if (argument.kind !== 'known' || !call.api?.name.startsWith('ai.')) return undefined;
  const provider = argument.value.kind === 'call' ? argument.value : program.origin(argument.value)?.node;
  const id = provider?.args[0]?.value;
  if (!provider || !id || !PROVIDER.test(program.text(provider.callee))) return undefined;
  const value = program.constant(id);
  if (value.kind !== 'known' || typeof value.value !== 'string') return undefined;
  return { id: value.value, expression: id, isCertain: true };
}
