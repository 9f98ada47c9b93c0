import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Entry } from './entry.ts';
import { annotatedDependencies, azureMain, djangoViews, falconResources } from './pythonConventions.ts';
import {
  BASES,
  BY_NAME,
  CLASSES_BY_NAME,
  DECORATORS,
  DEPLOYMENT,
  type HandlerBase,
  REGISTRATIONS,
  ROUTE,
} from './pythonPatterns.ts';

/** Entry points of a Python module. */
export function pythonEntries(bound: BoundModule, evaluator: Evaluator, path: string): readonly Entry[] {
  return [
    ...bound.functions.flatMap((definition) => decorated(definition, evaluator)),
    ...bound.calls.flatMap((call) => registered(call, evaluator)),
    ...bound.classes.flatMap((definition) => handlerMethods(definition, evaluator)),
    ...bound.functions.flatMap((definition) => named(definition, bound)),
    ...djangoViews(bound, path),
    ...falconResources(bound),
    ...annotatedDependencies(bound),
    ...azureMain(bound),
    ...messageProperties(bound, evaluator),
    ...rerunModule(bound, evaluator),
  ].filter((entry) => !isPerPartition(entry));
}

/** `pandas_udf` over `Iterator[pd.Series]`: Spark calls the function once for a partition, and it loops over the batches itself. */
function isPerPartition({ kind, definition }: Entry): boolean {
  return kind === 'row' && /\bIterator\b/.test(definition?.parameters[0]?.annotation ?? '');
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
  return functionsIn(argument.value, evaluator).map((definition) => ({
    definition,
    kind: pattern.kind,
    framework: name.split('.')[0] ?? name,
  }));
}

/** A function, one with arguments bound by `partial`, or the `handler` of a mapping. */
function functionsIn(expression: Expression, evaluator: Evaluator): readonly FunctionDefinition[] {
  if (expression.kind === 'call' && evaluator.calleeName(expression) === 'functools.partial') {
    const [first] = expression.args;
    return first ? functionsIn(first.value, evaluator) : [];
  }
  return evaluator.values(expression).flatMap((value) => {
    if (value.kind === 'function') return [value.definition];
    if (value.kind !== 'collection' || value.node.kind !== 'mapping') return [];
    const handler = value.node.entries.find(({ key }) => key === 'handler');
    return handler ? functionsIn(handler.value, evaluator) : [];
  });
}

/** `client.on_message = fn` of an MQTT client. */
function messageProperties(bound: BoundModule, evaluator: Evaluator): readonly Entry[] {
  return bound.stores.flatMap(({ target, value }) =>
    target.kind === 'attribute' && target.name === 'on_message'
      ? functionsIn(value, evaluator).map((definition) => ({ definition, kind: 'message' as const, framework: 'mqtt' }))
      : [],
  );
}

function handlerMethods(definition: ClassDefinition, evaluator: Evaluator): readonly Entry[] {
  const bases = evaluator.libraryBases(definition);
  const byBase = BASES.flatMap((pattern) => {
    const base = bases.find((candidate) => pattern.name.test(candidate));
    return base ? methodsOf(definition, evaluator, pattern, base.split('.')[0] ?? base) : [];
  });
  const byName = CLASSES_BY_NAME.flatMap((pattern) =>
    pattern.name.test(definition.name ?? '') ? methodsOf(definition, evaluator, pattern, pattern.framework) : [],
  );
  return [...byBase, ...byName, ...deployed(definition, evaluator)];
}

function methodsOf(
  definition: ClassDefinition,
  evaluator: Evaluator,
  { kind, methods }: Pick<HandlerBase, 'kind' | 'methods'>,
  framework: string,
): readonly Entry[] {
  return evaluator.members
    .allMethods(definition)
    .filter((method) => methods.test(method.name ?? ''))
    .map((method) => ({ definition: method, kind, framework }));
}

/** A class that a decorator deploys keeps what its constructor makes. */
function deployed(definition: ClassDefinition, evaluator: Evaluator): readonly Entry[] {
  const name = definition.decorators
    .map(({ expression }) => symbolName(expression.kind === 'call' ? expression.callee : expression, evaluator))
    .find((candidate) => candidate !== undefined && DEPLOYMENT.test(candidate));
  if (name === undefined) return [];
  return methodsOf(
    definition,
    evaluator,
    { kind: 'request', methods: /^(__call__|[a-z]\w*)$/ },
    name.split('.')[0] ?? name,
  );
}

function named(definition: FunctionDefinition, bound: BoundModule): readonly Entry[] {
  if (bound.functionContexts.get(definition)?.parent?.frame.kind !== 'module') return [];
  const pattern = BY_NAME.find(
    ({ name, parameters }) =>
      name.test(definition.name ?? '') &&
      (typeof parameters === 'number'
        ? parameters === definition.parameters.length
        : parameters.test(parameterNames(definition).join(','))),
  );
  return pattern ? [{ definition, kind: pattern.kind, framework: pattern.framework }] : [];
}

function parameterNames(definition: FunctionDefinition): readonly string[] {
  return definition.parameters.map(({ target }) => (target.kind === 'name' ? target.name : ''));
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
