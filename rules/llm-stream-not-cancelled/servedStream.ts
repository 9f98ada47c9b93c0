import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { EntryPoint } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';

/** A stream of tokens that a request handler sends on. */
export interface ServedStream {
  readonly call: Call;
  readonly entryPoint: EntryPoint;
  readonly handler: FunctionDefinition;
  readonly framework: string;
}

/** Methods that turn the result of the AI SDK into a response, or write it to one. */
const RESPONDS = /^(to\w*Response|to\w*Stream|pipe\w*ToResponse|mergeInto\w+)$/;
/** Functions of version 7 that take the stream of a result: `createUIMessageStreamResponse({ stream: toUIMessageStream({ stream: result.stream }) })`. */
const HELPERS = /\b(create\w*StreamResponse|pipe\w*ToResponse)\(/;
/** Writing goes on after the connection is gone; a web stream whose client has left ends the loop by itself. */
const WRITES = /\b(res|response|reply|reply\.raw|res\.raw)\.write\(/;
/** Frameworks whose handler gets the request and response of Node, which carry no signal. */
export const NODE_FRAMEWORK = /^(express|fastify|koa|restify|polka|http|https|node:https?)/;

export function servedStream(call: Call, program: Program): ServedStream | undefined {
  const name = call.api?.name ?? '';
  const { entryPoint } = call.place;
  // Only the handler itself has the request; a server action has none.
  if (entryPoint?.kind !== 'request' || entryPoint.path.length > 0 || entryPoint.steps) return undefined;
  const handler = enclosing(program.module, call.node).functions.find(
    ({ start, nameSpan }) => (nameSpan?.start ?? start) === entryPoint.start,
  );
  if (!handler || /^\s*['"]use server['"]/.test(program.module.text)) return undefined;
  const isServed = /^ai\.stream(Text|Object)$/.test(name)
    ? isSdkStream(call, program, handler)
    : isSdkLoop(call, entryPoint.framework, program.text(handler.bodySpan));
  return isServed ? { call, entryPoint, handler, framework: entryPoint.framework } : undefined;
}

function isSdkStream(call: Call, program: Program, handler: FunctionDefinition): boolean {
  if (call.argument('options.abortSignal').kind !== 'absent') return false;
  if (program.methodCalls(call).some((use) => RESPONDS.test(methodName(use) ?? ''))) return true;
  const statement = program.statement(call.node);
  const [result] = statement?.kind === 'assign' ? statement.targets : [];
  if (result?.kind !== 'name') return false;
  const body = program.text(handler.bodySpan);
  return HELPERS.test(body) && new RegExp(`\\b${result.name}\\.(stream|textStream|fullStream)\\b`).test(body);
}

/** `for await (const part of stream) res.write(part)` in a handler of Node. */
function isSdkLoop(call: Call, framework: string, body: string): boolean {
  const name = call.api?.name ?? '';
  if (!/^(openai\.OpenAI|@anthropic-ai\/sdk\.Anthropic)\./.test(name) || !call.api?.roles.includes('generate'))
    return false;
  const asks = call.constantArgument('body.stream');
  const isStream = name.endsWith('.stream') || (asks.kind === 'known' && asks.value === true);
  if (!isStream || call.argument('options').kind !== 'absent') return false;
  return NODE_FRAMEWORK.test(framework) && /for await/.test(body) && WRITES.test(body);
}
