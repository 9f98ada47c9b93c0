import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression } from '../../ir/expression.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import { enclosingFunction, frames } from '../context.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import type { Entry } from './entry.ts';
import { handlersIn } from './typescriptHandlers.ts';

/** `addEventListener('message', fn)` in a worker, `addEventListener('click', fn)` on an element. */
export function listener(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  const isListener =
    call.callee.kind === 'attribute'
      ? call.callee.name === 'addEventListener'
      : call.callee.kind === 'name' && evaluator.calleeName(call) === 'globalThis.addEventListener';
  const [event, handler] = call.args;
  if (!isListener || !event || !handler || event.value.kind !== 'literal') return [];
  const name = String(event.value.value);
  if (/^(load|DOMContentLoaded|install|activate|ready)$/.test(name)) return [];
  const found = handlersIn(handler.value, evaluator);
  // A service worker answers `fetch` events, a Cloudflare one all requests of a site.
  if (name === 'fetch') return found.map((definition) => ({ definition, kind: 'request', framework: 'worker' }));
  const kind = name === 'message' ? 'message' : 'event';
  return found.map((definition) => ({ definition, kind, framework: 'dom' }));
}

/** `socket.on('message', fn)`, and every `socket.on(…)` of a connection that a server hands to its handler. */
export function socketListener(call: CallExpression, bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  const { callee, args } = call;
  const [event, handler] = args;
  if (callee.kind !== 'attribute' || callee.name !== 'on' || event?.value.kind !== 'literal' || !handler) return [];
  const name = event.value.value;
  if (name === 'close' || name === 'disconnect' || name === 'error') return [];
  if (name !== 'message' && !isConnection(call, bound)) return [];
  return handlersIn(handler.value, evaluator).map((definition) => ({
    definition,
    kind: 'message',
    framework: 'socket',
  }));
}

/** True inside a function that is handed to `x.on('connection', …)`, for a receiver that is its first parameter. */
function isConnection(call: CallExpression, bound: BoundModule): boolean {
  const info = bound.infos.get(call);
  const owner = info && enclosingFunction(info.context);
  const first = owner?.parameters[0]?.target;
  if (!info || first?.kind !== 'name' || call.callee.kind !== 'attribute') return false;
  const receiver = call.callee.object;
  if (receiver.kind !== 'name' || receiver.name !== first.name) return false;
  for (const frame of frames(info.context)) {
    if (frame.kind !== 'argument') continue;
    const [event] = frame.call.args;
    return event?.value.kind === 'literal' && event.value.value === 'connection';
  }
  return false;
}

/** Attributes that are called once, when the element is there. */
const ONCE = /^on(Load|LoadStart|LoadedData|LoadedMetadata|Mount|Ready|Init|CanPlay|Error)$/;

/** `<button onClick={ask}>`, `<input onChange={(event) => …}>`. */
export function elementHandlers(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  return bound.handlers
    .filter(({ attribute }) => !ONCE.test(attribute))
    .flatMap(({ value }) => evaluator.values(value))
    .flatMap((value) => heldFunctions(value, evaluator))
    .map((definition) => ({ definition, kind: 'event', framework: 'react' }));
}

/** `onSubmit={submit}` for a function or for `const submit = useCallback(fn, [])`, which gives its function back. */
function heldFunctions(value: Value, evaluator: Evaluator): readonly FunctionDefinition[] {
  if (value.kind === 'function') return [value.definition];
  if (value.kind !== 'instance' || !/^p?react(\/hooks)?\.(default\.)?useCallback\(\)$/.test(value.type)) return [];
  const [callback] = value.call?.args ?? [];
  if (!callback) return [];
  return evaluator.values(callback.value).flatMap((held) => (held.kind === 'function' ? [held.definition] : []));
}

/** Handlers of elements, workers, sockets, recorders and recognisers that run again and again. */
const PROPERTIES =
  /^on(message|click|change|input|submit|keydown|keyup|pointerdown|pointerup|mousedown|mouseup|drop|paste|dataavailable|stop|result|audioprocess)$/;

/** `self.onmessage = fn`, `button.onclick = fn`. */
export function messageProperties(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  return bound.stores.flatMap((store) => {
    if (store.target.kind !== 'attribute' || !PROPERTIES.test(store.target.name)) return [];
    const kind = store.target.name === 'onmessage' ? 'message' : 'event';
    return evaluator
      .values(store.value)
      .flatMap((value) =>
        value.kind === 'function' ? [{ definition: value.definition, kind, framework: 'dom' } as const] : [],
      );
  });
}
