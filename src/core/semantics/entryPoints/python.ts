import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Evaluator } from '../evaluator.ts';
import type { EntryPoint } from '../place.ts';
import type { Entry } from './entry.ts';

interface Pattern {
  readonly name: RegExp;
  readonly kind: EntryPoint['kind'];
}

const ROUTE = '(get|post|put|patch|delete|head|options|route|api_route|websocket)';

/** Decorators that register a function to be called per request, message or row, by qualified name. */
const DECORATORS: readonly Pattern[] = [
  {
    name: new RegExp(
      `^(fastapi\\.(FastAPI|APIRouter|applications\\.FastAPI|routing\\.APIRouter)|starlette\\.[\\w.]+)\\.${ROUTE}$`,
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
    name: /^(rest_framework\.decorators\.(api_view|action)|functions_framework\.(http|cloud_event)|azure\.functions\.[\w.]+|mcp\.server\.(fastmcp\.)?FastMCP\.(tool|resource)|fastmcp\.FastMCP\.(tool|resource)|bentoml\.(api|Service\.api)|ray\.serve\.\w+)$/,
    kind: 'request',
  },
  {
    name: /^(celery\.(shared_task|Celery\.task|app\.task)|dramatiq\.actor|huey\.\w+\.task|rq\.decorators\.job|faust\.App\.agent|arq\.\w+)$/,
    kind: 'message',
  },
  {
    name: /^(discord\.(Client|Bot|ext\.commands\.Bot)\.(event|command|listen)|telebot\.(TeleBot|async_telebot\.AsyncTeleBot)\.\w+_handler|aiogram\.\w+\.message(_handler)?|slack_bolt\.App\.(event|message|command|action)|chainlit\.(on_message|on_chat_start)|pyrogram\.Client\.on_message)$/,
    kind: 'message',
  },
  { name: /^pyspark\.sql\.functions\.(udf|pandas_udf)$/, kind: 'row' },
];

/** Calls that register one of their arguments; `argument` is a keyword and, where given, a position. */
const REGISTRATIONS: readonly (Pattern & { readonly keywords: readonly string[]; readonly position?: number })[] = [
  {
    name: /^(fastapi\.(FastAPI|APIRouter)\.(add_api_route|add_route)|flask\.(Flask|Blueprint)\.add_url_rule|starlette\.routing\.Route|aiohttp\.web\.(get|post))$/,
    kind: 'request',
    keywords: ['endpoint', 'view_func', 'handler'],
    position: 1,
  },
  { name: /^gradio\.(Interface|ChatInterface)$/, kind: 'event', keywords: ['fn'], position: 0 },
  {
    name: /^gradio\.[\w.]+\.(click|submit|change|upload|input|select|stream|release|then|success)$/,
    kind: 'event',
    keywords: ['fn'],
    position: 0,
  },
  { name: /^pika\.[\w.()]*basic_consume$/, kind: 'message', keywords: ['on_message_callback'], position: 1 },
  {
    name: /^telegram\.ext\.(MessageHandler|CommandHandler|CallbackQueryHandler)$/,
    kind: 'message',
    keywords: ['callback'],
    position: 1,
  },
  { name: /^pyspark\.[\w.()]*(\.map|\.foreach|\.flatMap)$/, kind: 'row', keywords: ['f'], position: 0 },
  { name: /^pyspark\.sql\.functions\.(udf|pandas_udf)$/, kind: 'row', keywords: ['f'], position: 0 },
];

/** Base classes whose methods a server calls per request. */
const BASES: readonly (Pattern & { readonly methods: RegExp })[] = [
  { name: /^http\.server\.\w*HTTPRequestHandler$/, kind: 'request', methods: /^do_[A-Z]+$/ },
  { name: /^tornado\.web\.RequestHandler$/, kind: 'request', methods: /^(get|post|put|patch|delete|prepare)$/ },
  {
    name: /^(django\.views\.[\w.]*View|rest_framework\.(views\.APIView|viewsets\.\w+|generics\.\w+)|flask\.views\.(MethodView|View)|flask_restful\.Resource|flask_restx\.Resource|starlette\.endpoints\.HTTPEndpoint|litestar\.Controller)$/,
    kind: 'request',
    methods: /^(get|post|put|patch|delete|dispatch|dispatch_request|list|create|retrieve|update|perform_create)$/,
  },
  { name: /Servicer$/, kind: 'request', methods: /^[A-Z]\w*$/ },
  { name: /^litserve\.LitAPI$/, kind: 'request', methods: /^(decode_request|predict|encode_response)$/ },
];

/** Module-level functions that a serving platform calls by name, with their number of parameters. */
const BY_NAME: readonly (Pattern & { readonly parameters: number; readonly framework: string })[] = [
  { name: /^lambda_handler$/, parameters: 2, kind: 'request', framework: 'aws-lambda' },
  { name: /^(predict_fn|transform_fn)$/, parameters: 2, kind: 'request', framework: 'sagemaker' },
];

/** Entry points of a Python module. */
export function pythonEntries(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  return [
    ...bound.functions.flatMap((definition) => decorated(definition, evaluator)),
    ...bound.calls.flatMap((call) => registered(call, evaluator)),
    ...bound.classes.flatMap((definition) => handlerMethods(definition, evaluator)),
    ...bound.functions.flatMap((definition) => named(definition, bound)),
    ...rerunModule(bound, evaluator),
  ];
}

function decorated(definition: FunctionDefinition, evaluator: Evaluator): readonly Entry[] {
  return definition.decorators.flatMap(({ expression }) => {
    const callee = expression.kind === 'call' ? expression.callee : expression;
    const name = symbolName(callee, evaluator);
    const pattern = name ? DECORATORS.find((candidate) => candidate.name.test(name)) : undefined;
    if (pattern && name) return [{ definition, kind: pattern.kind, framework: name.split('.')[0] ?? name }];
    return isImportedRoute(expression, evaluator) ? [{ definition, kind: 'request' as const, framework: 'web' }] : [];
  });
}

/** `@app.get("/predict")` on an application object that another module defines: the URL path proves what it is. */
function isImportedRoute(expression: Expression, evaluator: Evaluator): boolean {
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') return false;
  if (!new RegExp(`^${ROUTE}$`).test(expression.callee.name)) return false;
  const first = expression.args[0];
  if (first?.value.kind !== 'literal' || typeof first.value.value !== 'string' || !first.value.value.startsWith('/'))
    return false;
  return evaluator
    .values(expression.callee.object)
    .every((value) => value.kind === 'unknown' || value.kind === 'symbol');
}

function registered(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  const name = evaluator.calleeName(call);
  const pattern = name ? REGISTRATIONS.find((candidate) => candidate.name.test(name)) : undefined;
  if (!pattern || !name) return [];
  const positional = call.args.filter((argument) => !argument.name && !argument.spread);
  const argument =
    call.args.find((candidate) => candidate.name !== undefined && pattern.keywords.includes(candidate.name)) ??
    (pattern.position === undefined ? undefined : positional[pattern.position]);
  if (!argument) return [];
  return evaluator
    .values(argument.value)
    .flatMap((value) =>
      value.kind === 'function'
        ? [{ definition: value.definition, kind: pattern.kind, framework: name.split('.')[0] ?? name }]
        : [],
    );
}

function handlerMethods(definition: ClassDefinition, evaluator: Evaluator): readonly Entry[] {
  const bases = evaluator.libraryBases(definition);
  return BASES.flatMap((pattern) => {
    const base = bases.find((candidate) => pattern.name.test(candidate));
    if (!base) return [];
    return evaluator.members
      .allMethods(definition)
      .filter((method) => pattern.methods.test(method.name ?? ''))
      .map((method) => ({ definition: method, kind: pattern.kind, framework: base.split('.')[0] ?? base }));
  });
}

function named(definition: FunctionDefinition, bound: BoundModule): readonly Entry[] {
  if (bound.functionContexts.get(definition)?.parent?.frame.kind !== 'module') return [];
  const pattern = BY_NAME.find(
    (candidate) => candidate.name.test(definition.name ?? '') && candidate.parameters === definition.parameters.length,
  );
  return pattern ? [{ definition, kind: pattern.kind, framework: pattern.framework }] : [];
}

/** A Streamlit script runs again from the top on every interaction. */
function rerunModule(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  const draws = bound.calls.some((call) => {
    const name = evaluator.calleeName(call);
    return (
      name?.startsWith('streamlit.') === true && !/\.(cache|cache_data|cache_resource|experimental_\w+)$/.test(name)
    );
  });
  return draws ? [{ kind: 'rerun', framework: 'streamlit' }] : [];
}

function symbolName(expression: Expression, evaluator: Evaluator): string | undefined {
  const [value] = evaluator.values(expression);
  return value?.kind === 'symbol' ? value.name : undefined;
}
