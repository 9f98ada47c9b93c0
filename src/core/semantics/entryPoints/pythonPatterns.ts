import type { EntryPoint } from '../place.ts';

interface Pattern {
  /** Qualified name. */
  readonly name: RegExp;
  readonly kind: EntryPoint['kind'];
}

/** A call that registers one of its arguments: under a keyword or, where given, at a position. */
export interface Registration extends Pattern {
  readonly keywords: readonly string[];
  readonly position?: number;
}

export interface HandlerBase extends Pattern {
  readonly methods: RegExp;
}

export const ROUTE = '(get|post|put|patch|delete|head|options|route|api_route|websocket)';

/** Decorators that register a function to be called per request, message or row. */
export const DECORATORS: readonly Pattern[] = [
  {
    name: new RegExp(
      `^(fastapi\\.(FastAPI|APIRouter|applications\\.FastAPI|routing\\.APIRouter)|starlette\\.[\\w.]+)\\.(${ROUTE}|middleware)$`,
    ),
    kind: 'request',
  },
  {
    name: new RegExp(
      `^(flask\\.(Flask|Blueprint)|quart\\.(Quart|Blueprint)|flask_restx\\.Namespace|apiflask\\.APIFlask)\\.(${ROUTE}|before_request|after_request)$`,
    ),
    kind: 'request',
  },
  {
    name: new RegExp(
      `^(sanic\\.(Sanic|Blueprint)|robyn\\.(Robyn|SubRouter)|ninja\\.(NinjaAPI|Router)|aiohttp\\.web\\.RouteTableDef|bottle(\\.Bottle)?|falcon\\.\\w+|blacksheep\\.\\w+)\\.${ROUTE}$`,
    ),
    kind: 'request',
  },
  { name: /^litestar(\.handlers)?\.(get|post|put|patch|delete|route|websocket)$/, kind: 'request' },
  {
    name: /^(rest_framework\.decorators\.(api_view|action)|django\.views\.decorators\.http\.require_\w+|functions_framework\.(http|cloud_event)|azure\.functions\.[\w.]+|mcp\.server\.(fastmcp\.)?FastMCP\.(tool|resource)|fastmcp\.FastMCP\.(tool|resource)|bentoml\.(api|Service\.api)|modal\.(method|web_endpoint|fastapi_endpoint))$/,
    kind: 'request',
  },
  {
    name: /^(celery\.(shared_task|Celery\.task|app\.task)|dramatiq\.actor|huey\.\w+\.task|rq\.decorators\.job|faust\.App\.agent|arq\.\w+|nameko\.events\.event_handler|nameko\.rpc\.rpc|faststream\.[\w.]+\.subscriber|dapr\.ext\.grpc\.App\.subscribe)$/,
    kind: 'message',
  },
  {
    name: /^(discord\.(Client|Bot|ext\.commands\.Bot)\.(event|command|listen)|telebot\.(TeleBot|async_telebot\.AsyncTeleBot)\.\w+_handler|aiogram\.\w+\.message(_handler)?|slack_bolt\.App\.(event|message|command|action)|chainlit\.(on_message|on_chat_start)|pyrogram\.Client\.on_message)$/,
    kind: 'message',
  },
  { name: /^(dash\.(Dash\.)?callback|nicegui\.ui\.page)$/, kind: 'event' },
  { name: /^pyspark\.sql\.functions\.(udf|pandas_udf)$/, kind: 'row' },
];

/** Calls that register one of their arguments. */
export const REGISTRATIONS: readonly Registration[] = [
  {
    name: /^(fastapi\.(FastAPI|APIRouter)\.(add_api_route|add_route)|flask\.(Flask|Blueprint)\.add_url_rule|starlette\.routing\.(Route|WebSocketRoute)|starlette\.applications\.Starlette\.add_route|aiohttp\.web\.(get|post|put|patch|delete)|aiohttp\.web\.Application\.router\.add_(get|post|put|patch|delete)|django\.(urls|conf\.urls)\.(path|re_path|url))$/,
    kind: 'request',
    keywords: ['endpoint', 'view_func', 'handler', 'view'],
    position: 1,
  },
  { name: /^aiohttp\.web\.Application\.router\.add_route$/, kind: 'request', keywords: ['handler'], position: 2 },
  // What a route depends on is made anew for every request.
  { name: /^fastapi\.(params\.)?Depends$/, kind: 'request', keywords: ['dependency'], position: 0 },
  { name: /^gradio\.(Interface|ChatInterface)$/, kind: 'event', keywords: ['fn'], position: 0 },
  {
    name: /^gradio\.[\w.]+\.(click|submit|change|upload|input|select|stream|release|then|success)$/,
    kind: 'event',
    keywords: ['fn'],
    position: 0,
  },
  { name: /^nicegui\.ui\.\w+$/, kind: 'event', keywords: ['on_click', 'on_change', 'on_upload'] },
  { name: /^pika\.[\w.()]*basic_consume$/, kind: 'message', keywords: ['on_message_callback'], position: 1 },
  { name: /^nats\.[\w.()]*subscribe$/, kind: 'message', keywords: ['cb'], position: 2 },
  {
    name: /^google\.cloud\.pubsub(_v1)?\.SubscriberClient\.subscribe$/,
    kind: 'message',
    keywords: ['callback'],
    position: 1,
  },
  { name: /^rq\.Queue\.enqueue(_call)?$/, kind: 'message', keywords: ['func', 'f'], position: 0 },
  {
    name: /^telegram\.ext\.(MessageHandler|CommandHandler)$/,
    kind: 'message',
    keywords: ['callback'],
    position: 1,
  },
  { name: /^telegram\.ext\.CallbackQueryHandler$/, kind: 'message', keywords: ['callback'], position: 0 },
  { name: /^runpod\.serverless\.start$/, kind: 'request', keywords: ['config'], position: 0 },
  { name: /^pyspark\.[\w.()]*(\.map|\.foreach|\.flatMap)$/, kind: 'row', keywords: ['f'], position: 0 },
  { name: /^pyspark\.sql\.functions\.(udf|pandas_udf)$/, kind: 'row', keywords: ['f'], position: 0 },
  {
    name: /^ray\.data\.[\w.()]*\.(map|map_batches|flat_map|filter)$/,
    kind: 'row',
    keywords: ['fn'],
    position: 0,
  },
];

/** Base classes whose methods a server calls per request. */
export const BASES: readonly HandlerBase[] = [
  { name: /^http\.server\.\w*HTTPRequestHandler$/, kind: 'request', methods: /^do_[A-Z]+$/ },
  { name: /^tornado\.web\.RequestHandler$/, kind: 'request', methods: /^(get|post|put|patch|delete|prepare)$/ },
  {
    name: /^(django\.views\.[\w.]*View|rest_framework\.(views\.APIView|viewsets\.\w+|generics\.\w+)|flask\.views\.(MethodView|View)|flask_restful\.Resource|flask_restx\.Resource|starlette\.endpoints\.HTTPEndpoint|litestar\.Controller)$/,
    kind: 'request',
    methods: /^(get|post|put|patch|delete|dispatch|dispatch_request|list|create|retrieve|update|perform_create)$/,
  },
  { name: /Servicer$/, kind: 'request', methods: /^[A-Z]\w*$/ },
  { name: /^litserve\.LitAPI$/, kind: 'request', methods: /^(decode_request|predict|encode_response)$/ },
  {
    name: /^ts\.torch_handler\.\w+\.\w+Handler$/,
    kind: 'request',
    methods: /^(handle|preprocess|inference|postprocess)$/,
  },
  { name: /^cog\.BasePredictor$/, kind: 'request', methods: /^predict$/ },
  { name: /^kserve\.(model\.)?Model$/, kind: 'request', methods: /^(preprocess|predict|postprocess|explain)$/ },
  { name: /^mlflow\.pyfunc\.(model\.)?PythonModel$/, kind: 'request', methods: /^predict$/ },
];

/** Classes that a serving platform finds by their name. */
export const CLASSES_BY_NAME: readonly (HandlerBase & { readonly framework: string })[] = [
  { name: /^TritonPythonModel$/, kind: 'request', methods: /^execute$/, framework: 'triton' },
  { name: /^EndpointHandler$/, kind: 'request', methods: /^__call__$/, framework: 'inference endpoint' },
];

/** Class decorators that make a deployment of a class: every method but the constructor answers requests. */
export const DEPLOYMENT = /^(ray\.serve\.(deployment|ingress)|bentoml\.service)$/;

/** Module-level functions that a serving platform calls by name, with their parameters where those are part of the contract. */
export const BY_NAME: readonly (Pattern & { readonly parameters: number | RegExp; readonly framework: string })[] = [
  { name: /^lambda_handler$/, parameters: 2, kind: 'request', framework: 'aws-lambda' },
  { name: /^handler$/, parameters: /^_?event,_?context$/, kind: 'request', framework: 'aws-lambda' },
  { name: /^(predict_fn|transform_fn)$/, parameters: 2, kind: 'request', framework: 'sagemaker' },
];
