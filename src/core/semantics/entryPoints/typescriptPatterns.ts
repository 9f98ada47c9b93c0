import type { EntryPoint } from '../place.ts';

const HTTP_METHODS = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;
const NEXT_ROUTE = /(^|\/)app\/(.*\/)?route\.[cm]?[jt]sx?$/;
const PAGES_API = /(^|\/)pages\/api\//;
const PAGES = /(^|\/)pages\//;
const NEXT_MIDDLEWARE = /(^|\/)(middleware|proxy)\.[cm]?[jt]s$/;
const SVELTE_SERVER = /(^|\/)\+(server|page\.server|layout\.server)\.[jt]s$/;
const SVELTE_HOOKS = /(^|\/)hooks\.server\.[jt]s$/;
const REMIX_ROUTE = /(^|\/)app\/routes\//;
const SERVERLESS = /(^|\/)(netlify\/(edge-)?functions|functions|lambdas?|api)\//;

/** Receivers of `x.get(path, handler)` and the like, by qualified type; a chain of registrations keeps its receiver. */
export const ROUTERS =
  /^((express|restify|polka|@koa\/router|koa-router|find-my-way|connect)(\.default|\.Router|\.express)?(\(\))?|express\.default\.Router(\(\))?|express\.Router(\(\))?|fastify(\.default|\.fastify)?(\(\))?|hono(\/\w+)?\.Hono|elysia\.Elysia|koa(\.default)?(\(\))?|@hono\/zod-openapi\.OpenAPIHono|itty-router\.\w+(\(\))?)(\.(route|basePath|get|post|put|patch|delete|all|use|group|derive|decorate)\(\))*\.(get|post|put|patch|delete|all|use|route|ws|options|head)$/;

interface Registration {
  readonly name: RegExp;
  readonly kind: EntryPoint['kind'];
  /** Framework to tell, where the name does not begin with it. */
  readonly framework?: string;
}

/** Calls that register a function given as an argument, or as a method of an object argument. */
export const REGISTRATIONS: readonly Registration[] = [
  { name: /^(node:)?https?\.(default\.)?createServer$/, kind: 'request' },
  { name: /^globalThis\.(Deno|Bun)\.serve$/, kind: 'request' },
  {
    name: /^(https:\/\/deno\.land\/std(@[\d.]+)?\/http\/(server|mod)\.ts|@std\/http|jsr:@std\/http)\.serve$/,
    kind: 'request',
    framework: 'deno',
  },
  { name: /^@hono\/node-server\.serve$/, kind: 'request' },
  {
    name: /^(h3|nitropack[\w/]*|#imports|nuxt\/\w+)\.(defineEventHandler|eventHandler)$|^globalThis\.(defineEventHandler|eventHandler)$/,
    kind: 'request',
  },
  { name: /^electron\.ipcMain\.(handle|on)$/, kind: 'message' },
  {
    name: /^globalThis\.(requestAnimationFrame|setInterval|window\.requestAnimationFrame|window\.setInterval)$/,
    kind: 'frame',
  },
  { name: /^@react-three\/fiber\.useFrame$/, kind: 'frame' },
  { name: /(^|\.)(requestVideoFrameCallback|setAnimationLoop)$/, kind: 'frame', framework: 'video frames' },
  { name: /(^|\.)\w*[pP]rocedure(\.\w+(\(\))?)*\.(query|mutation|subscription)$/, kind: 'request' },
  { name: /^bullmq\.Worker$/, kind: 'message' },
  { name: /^(bull|bee-queue)\.default\.process$|^(bull|bee-queue)(\.default)?\(\)\.process$/, kind: 'message' },
  { name: /^amqplib[\w/.()]*\.consume$/, kind: 'message' },
  { name: /^kafkajs[\w.()]*\.run$/, kind: 'message' },
  { name: /^@grpc\/grpc-js\.Server\.addService$/, kind: 'request' },
  { name: /^(ws\.WebSocketServer|ws\.default\.Server|ws\.Server|socket\.io\.Server)\.on$/, kind: 'message' },
  { name: /^globalThis\.(chrome|browser)\.[\w.]+\.addListener$/, kind: 'message', framework: 'browser extension' },
  {
    name: /^(discord\.js\.Client|telegraf\.Telegraf|grammy\.Bot|@slack\/bolt\.App)\.(on|hears|command|message|event)$/,
    kind: 'message',
  },
  { name: /^firebase-functions[\w/.]*\.(onRequest|onCall|onDocument\w+)$/, kind: 'request' },
  { name: /^@azure\/functions\.app\.\w+$/, kind: 'request' },
  { name: /^@google-cloud\/functions-framework\.(http|cloudEvent)$/, kind: 'request' },
  { name: /^(convex\/server|\.[\w/.]*_generated\/server)\.(action|mutation|query|httpAction)$/, kind: 'request' },
  {
    name: /^@modelcontextprotocol\/sdk\/server\/\w+(\.js)?\.(McpServer|Server)\.(tool|registerTool|resource|registerResource|setRequestHandler)$/,
    kind: 'request',
  },
  {
    name: /^(@apollo\/server\.ApolloServer|apollo-server[\w-]*\.ApolloServer|@graphql-tools\/schema\.makeExecutableSchema|graphql-yoga\.createSchema)$/,
    kind: 'request',
  },
];

/** Properties of an options object that hold a handler; those of resolvers and services hold whole tables of them. */
export const HANDLER_PROPERTIES = /^(fetch|handler|eachMessage|eachBatch)$/;
export const HANDLER_TABLES = /^(resolvers|Query|Mutation)$/;

export const NEST_DECORATOR =
  /^@nestjs\/(common|microservices|websockets|graphql|bullmq|bull)\.(Get|Post|Put|Patch|Delete|All|MessagePattern|EventPattern|SubscribeMessage|Query|Mutation|ResolveField|Process)$/;

/** Classes whose methods a platform calls. */
export const BASES: readonly {
  readonly name: RegExp;
  readonly methods: RegExp;
  readonly kind: EntryPoint['kind'];
  readonly framework: string;
}[] = [
  {
    name: /^cloudflare:workers\.(WorkerEntrypoint|DurableObject)$/,
    methods: /^fetch$/,
    kind: 'request',
    framework: 'worker',
  },
  { name: /^cloudflare:workers\.WorkerEntrypoint$/, methods: /^queue$/, kind: 'message', framework: 'worker' },
  { name: /^@nestjs\/bullmq\.WorkerHost$/, methods: /^process$/, kind: 'message', framework: 'nest' },
];

/** Framework that calls what a file of this path exports under this name; by the frameworks' own conventions. */
export function frameworkOfExport(exported: string, path: string): string | undefined {
  if (HTTP_METHODS.test(exported) && NEXT_ROUTE.test(path)) return 'next';
  if (HTTP_METHODS.test(exported) && SVELTE_SERVER.test(path)) return 'sveltekit';
  if ((exported === 'load' || exported === 'actions') && SVELTE_SERVER.test(path)) return 'sveltekit';
  if (exported === 'handle' && SVELTE_HOOKS.test(path)) return 'sveltekit';
  if (exported === 'default' && PAGES_API.test(path)) return 'next';
  if (exported === 'getServerSideProps' && PAGES.test(path)) return 'next';
  if (/^(middleware|proxy)$/.test(exported) && NEXT_MIDDLEWARE.test(path)) return 'next';
  if ((exported === 'loader' || exported === 'action') && REMIX_ROUTE.test(path)) return 'remix';
  if (HTTP_METHODS.test(exported) && PAGES.test(path)) return 'astro';
  if (exported === 'handler') return 'lambda';
  if (
    (exported === 'default' || HTTP_METHODS.test(exported) || exported.startsWith('onRequest')) &&
    SERVERLESS.test(path)
  )
    return 'serverless';
  return undefined;
}
