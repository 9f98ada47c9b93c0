import type { FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import { exportedNames } from '../../workspace/exportedNames.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Evaluator } from '../evaluator.ts';
import type { EntryPoint } from '../place.ts';
import type { Entry } from './entry.ts';

const HTTP_METHODS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
const NEXT_ROUTE = /(^|\/)app\/(.*\/)?route\.[cm]?[jt]sx?$/;
const PAGES_API = /(^|\/)pages\/api\//;
const SVELTE_SERVER = /(^|\/)\+(server|page\.server|layout\.server)\.[jt]s$/;
const REMIX_ROUTE = /(^|\/)app\/routes\//;
const SERVERLESS = /(^|\/)(netlify\/(edge-)?functions|functions|lambdas?|api)\//;

/** Receivers of `x.get(path, handler)` and the like, by qualified type. */
const ROUTERS =
  /^((express|restify|polka|@koa\/router|koa-router|find-my-way|connect)(\.default|\.Router|\.express)?(\(\))?|express\.default\.Router\(\)|express\.Router(\(\))?|fastify(\.default|\.fastify)?(\(\))?|hono(\/\w+)?\.Hono|elysia\.Elysia|koa\.default|@hono\/zod-openapi\.OpenAPIHono|itty-router\.\w+(\(\))?)\.(get|post|put|patch|delete|all|use|route|ws|options|head)$/;

interface Registration {
  readonly name: RegExp;
  readonly kind: EntryPoint['kind'];
}

/** Calls that register a function given as an argument, or as a method of an object argument. */
const REGISTRATIONS: readonly Registration[] = [
  { name: /^(node:)?https?\.(default\.)?createServer$/, kind: 'request' },
  { name: /^globalThis\.(Deno|Bun)\.serve$/, kind: 'request' },
  {
    name: /^(h3|nitropack[\w/]*|#imports|nuxt\/\w+)\.(defineEventHandler|eventHandler)$|^globalThis\.(defineEventHandler|eventHandler)$/,
    kind: 'request',
  },
  { name: /^electron\.ipcMain\.(handle|on)$/, kind: 'message' },
  {
    name: /^globalThis\.(requestAnimationFrame|setInterval|window\.requestAnimationFrame|window\.setInterval)$/,
    kind: 'frame',
  },
  { name: /(^|\.)\w*[pP]rocedure(\.\w+(\(\))?)*\.(query|mutation)$/, kind: 'request' },
  { name: /^bullmq\.Worker$/, kind: 'message' },
  {
    name: /^(discord\.js\.Client|telegraf\.Telegraf|grammy\.Bot|@slack\/bolt\.App)\.(on|hears|command|message|event)$/,
    kind: 'message',
  },
  { name: /^firebase-functions[\w/.]*\.(onRequest|onCall|onDocument\w+)$/, kind: 'request' },
  { name: /^(convex\/server|\.[\w/.]*_generated\/server)\.(action|mutation|query|httpAction)$/, kind: 'request' },
];

const NEST_DECORATOR =
  /^@nestjs\/(common|microservices|websockets)\.(Get|Post|Put|Patch|Delete|All|MessagePattern|EventPattern|SubscribeMessage)$/;

/** Entry points of a TypeScript or JavaScript module. */
export function typescriptEntries(bound: BoundModule, evaluator: Evaluator, path: string): readonly Entry[] {
  return [
    ...exportedHandlers(bound, evaluator, path),
    ...bound.calls.flatMap((call) => registered(call, evaluator)),
    ...bound.calls.flatMap((call) => listener(call, evaluator)),
    ...messageProperties(bound, evaluator),
    ...bound.functions.flatMap((definition) => decorated(definition, evaluator)),
    ...components(bound, path),
    ...serverActions(bound),
  ];
}

function exportedHandlers(bound: BoundModule, evaluator: Evaluator, path: string): readonly Entry[] {
  const entries: Entry[] = [];
  for (const { exported, values } of exportedNames(bound, evaluator)) {
    const framework = frameworkOfExport(exported, path);
    for (const value of values) {
      if (value.kind === 'function' && framework)
        entries.push({ definition: value.definition, kind: 'request', framework });
      // `export default { fetch(request) {…} }` is a Worker; the property is called per request.
      if (exported === 'default' && value.kind === 'collection' && value.node.kind === 'mapping') {
        for (const entry of value.node.entries) {
          if (entry.key !== 'fetch') continue;
          for (const inner of evaluator.values(entry.value)) {
            if (inner.kind === 'function')
              entries.push({ definition: inner.definition, kind: 'request', framework: 'worker' });
          }
        }
      }
    }
  }
  return entries;
}

function frameworkOfExport(exported: string, path: string): string | undefined {
  if (HTTP_METHODS.test(exported) && NEXT_ROUTE.test(path)) return 'next';
  if (HTTP_METHODS.test(exported) && SVELTE_SERVER.test(path)) return 'sveltekit';
  if ((exported === 'load' || exported === 'actions') && SVELTE_SERVER.test(path)) return 'sveltekit';
  if (exported === 'default' && PAGES_API.test(path)) return 'next';
  if ((exported === 'loader' || exported === 'action') && REMIX_ROUTE.test(path)) return 'remix';
  if (exported === 'handler') return 'lambda';
  if (
    (exported === 'default' || HTTP_METHODS.test(exported) || exported.startsWith('onRequest')) &&
    SERVERLESS.test(path)
  )
    return 'serverless';
  return undefined;
}

function registered(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  const name = evaluator.calleeName(call);
  if (!name) return [];
  const kind = ROUTERS.test(name) ? 'request' : REGISTRATIONS.find((candidate) => candidate.name.test(name))?.kind;
  if (!kind) return [];
  const framework = name.replace(/^globalThis\./, '').split(/[.(]/)[0] ?? name;
  return call.args.flatMap((argument) =>
    handlersIn(argument.value, evaluator).map((definition) => ({ definition, kind, framework })),
  );
}

/** A function given directly, wrapped (`asyncHandler(fn)`), in a list, or as `fetch`/`handler` of an options object. */
function handlersIn(expression: Expression, evaluator: Evaluator): readonly FunctionDefinition[] {
  if (expression.kind === 'call') return expression.args.flatMap((argument) => handlersIn(argument.value, evaluator));
  return evaluator.values(expression).flatMap((value) => {
    if (value.kind === 'function') return [value.definition];
    if (value.kind !== 'collection') return [];
    if (value.node.kind === 'sequence') return value.node.elements.flatMap((element) => handlersIn(element, evaluator));
    if (value.node.kind !== 'mapping') return [];
    return value.node.entries.flatMap((entry) =>
      entry.key === 'fetch' || entry.key === 'handler' ? handlersIn(entry.value, evaluator) : [],
    );
  });
}

/** `addEventListener('message', fn)` in a worker, `addEventListener('click', fn)` on an element. */
function listener(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  const isListener =
    call.callee.kind === 'attribute'
      ? call.callee.name === 'addEventListener'
      : call.callee.kind === 'name' && evaluator.calleeName(call) === 'globalThis.addEventListener';
  const [event, handler] = call.args;
  if (!isListener || !event || !handler || event.value.kind !== 'literal') return [];
  const kind = event.value.value === 'message' ? 'message' : 'event';
  if (/^(load|DOMContentLoaded|install|activate|ready)$/.test(String(event.value.value))) return [];
  return handlersIn(handler.value, evaluator).map((definition) => ({ definition, kind, framework: 'dom' }));
}

/** `self.onmessage = fn`, `button.onclick = fn`. */
function messageProperties(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  return bound.stores.flatMap((store) => {
    if (
      store.target.kind !== 'attribute' ||
      !/^on(message|click|change|input|submit|keydown|keyup)$/.test(store.target.name)
    )
      return [];
    const kind = store.target.name === 'onmessage' ? 'message' : 'event';
    return evaluator
      .values(store.value)
      .flatMap((value) =>
        value.kind === 'function' ? [{ definition: value.definition, kind, framework: 'dom' } as const] : [],
      );
  });
}

function decorated(definition: FunctionDefinition, evaluator: Evaluator): readonly Entry[] {
  return definition.decorators.flatMap(({ expression }) => {
    const name = evaluator.qualifiedName(expression.kind === 'call' ? expression.callee : expression);
    return name && NEST_DECORATOR.test(name) ? [{ definition, kind: 'request' as const, framework: 'nest' }] : [];
  });
}

/** React components: capitalised functions of a .tsx/.jsx file; server components of Next run per request and are left out. */
function components(bound: BoundModule, path: string): readonly Entry[] {
  if (!/\.[jt]sx$/.test(path) || !importsReact(bound)) return [];
  return bound.functions.flatMap((definition) => {
    const name = definition.name ?? assignedName(definition, bound);
    return name && /^[A-Z][a-z]/.test(name) && definition.form !== 'method'
      ? [{ definition, kind: 'render' as const, framework: 'react' }]
      : [];
  });
}

function importsReact(bound: BoundModule): boolean {
  return bound.module.body.some(
    (statement) => statement.kind === 'import' && (statement.module === 'react' || statement.module === 'preact'),
  );
}

function assignedName(definition: FunctionDefinition, bound: BoundModule): string | undefined {
  const node = bound.functionContexts.get(definition)?.frame;
  const expression = node?.kind === 'function' ? node.node : undefined;
  const parent = expression && bound.infos.get(expression)?.parent;
  if (parent?.kind !== 'assign' || !('targets' in parent)) return undefined;
  const [target] = parent.targets;
  return target?.kind === 'name' ? target.name : undefined;
}

/** Every exported async function of a `'use server'` module. */
function serverActions(bound: BoundModule): readonly Entry[] {
  const [first] = bound.module.body;
  const directive =
    first?.kind === 'expression' && first.expression.kind === 'literal' ? first.expression.value : undefined;
  if (directive !== 'use server') return [];
  return bound.functions
    .filter(
      (definition) => definition.isAsync && bound.functionContexts.get(definition)?.parent?.frame.kind === 'module',
    )
    .map((definition) => ({ definition, kind: 'request', framework: 'next' }));
}
