import type { ClassDefinition, FunctionDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import { exportedNames } from '../../workspace/exportedNames.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import type { Entry, ImportedEntry } from './entry.ts';
import { components, serverActions, templateEvents } from './typescriptComponents.ts';
import { elementHandlers, listener, messageProperties, socketListener } from './typescriptEvents.ts';
import { handlersIn, handlerValues, REQUEST_PARAMETER } from './typescriptHandlers.ts';
import { BASES, frameworkOfExport, NEST_DECORATOR, REGISTRATIONS, ROUTERS } from './typescriptPatterns.ts';

/** Entry points of a TypeScript or JavaScript module. */
export function typescriptEntries(bound: BoundModule, evaluator: Evaluator, path: string): readonly Entry[] {
  return [
    ...exportedHandlers(bound, evaluator, path),
    ...bound.calls.flatMap((call) => registered(call, evaluator)),
    ...bound.calls.flatMap((call) => importedRoute(call, evaluator)),
    ...bound.calls.flatMap((call) => listener(call, evaluator)),
    ...bound.calls.flatMap((call) => socketListener(call, bound, evaluator)),
    ...messageProperties(bound, evaluator),
    ...elementHandlers(bound, evaluator),
    ...bound.functions.flatMap((definition) => decorated(definition, evaluator)),
    ...bound.classes.flatMap((definition) => handlerMethods(definition, evaluator)),
    ...components(bound, path),
    ...templateEvents(bound, path),
    ...serverActions(bound),
  ];
}

function exportedHandlers(bound: BoundModule, evaluator: Evaluator, path: string): readonly Entry[] {
  return exportedNames(bound, evaluator).flatMap(({ exported, values }) => {
    const framework = frameworkOfExport(exported, path);
    return values.flatMap((value): readonly Entry[] => {
      const ofFramework = framework ? requests(exportedFunctions(value, evaluator), framework) : [];
      return exported === 'default' ? [...ofFramework, ...workerMethods(value, evaluator)] : ofFramework;
    });
  });
}

/** A function, one that a library wraps (`middy(fn)`), or those of a table (`actions` of SvelteKit). */
function exportedFunctions(value: Value, evaluator: Evaluator): readonly FunctionDefinition[] {
  if (value.kind === 'function') return [value.definition];
  if (value.kind === 'instance' && value.call) return handlersIn(value.call, evaluator);
  return value.kind === 'collection' && value.node.kind === 'mapping' ? handlersIn(value.node, evaluator, true) : [];
}

/** `export default { fetch(request) {…} }` is a Worker: the property is called per request, `queue` per batch of messages. */
function workerMethods(value: Value, evaluator: Evaluator): readonly Entry[] {
  if (value.kind !== 'collection' || value.node.kind !== 'mapping') return [];
  return value.node.entries.flatMap((entry): readonly Entry[] => {
    if (entry.key !== 'fetch' && entry.key !== 'queue') return [];
    const kind = entry.key === 'fetch' ? 'request' : 'message';
    return evaluator
      .values(entry.value)
      .flatMap((inner) =>
        inner.kind === 'function' ? [{ definition: inner.definition, kind, framework: 'worker' } as const] : [],
      );
  });
}

function requests(definitions: readonly FunctionDefinition[], framework: string): readonly Entry[] {
  return definitions.map((definition) => ({ definition, kind: 'request', framework }));
}

function registered(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  const registration = registrationOf(call, evaluator);
  if (!registration) return [];
  const { kind, framework, isTable } = registration;
  return call.args.flatMap(({ value }) =>
    handlersIn(value, evaluator, isTable).map((definition) => ({ definition, kind, framework })),
  );
}

interface FoundRegistration extends Pick<Entry, 'kind' | 'framework'> {
  readonly isTable: boolean;
}

function registrationOf(call: CallExpression, evaluator: Evaluator): FoundRegistration | undefined {
  const name = evaluator.calleeName(call) ?? methodOf(call);
  if (name === undefined) return undefined;
  const registration = ROUTERS.test(name)
    ? { kind: 'request' as const }
    : REGISTRATIONS.find((candidate) => candidate.name.test(name));
  if (!registration) return undefined;
  const own = 'framework' in registration ? registration.framework : undefined;
  const framework = own ?? name.replace(/^globalThis\./, '').split(/[.(]/)[0] ?? name;
  const isTable = /\.addService$|^(@apollo\/server|apollo-server|@graphql-tools|graphql-yoga)/.test(name);
  return { kind: registration.kind, framework, isTable };
}

/** Methods that nothing else is called, whatever their receiver's type. */
function methodOf({ callee }: CallExpression): string | undefined {
  return callee.kind === 'attribute' && /^(requestVideoFrameCallback|setAnimationLoop)$/.test(callee.name)
    ? callee.name
    : undefined;
}

/** `app.post('/predict', (req, res) => …)` on an application that another module or a caller makes: path and parameters prove it. */
function importedRoute(call: CallExpression, evaluator: Evaluator): readonly Entry[] {
  return routeArguments(call, evaluator).flatMap((value) =>
    requests(handlersIn(value, evaluator).filter(takesRequest), 'web'),
  );
}

function routeArguments({ callee, args }: CallExpression, evaluator: Evaluator): readonly Expression[] {
  if (callee.kind !== 'attribute' || !/^(get|post|put|patch|delete|all)$/.test(callee.name)) return [];
  const [path, ...rest] = args;
  if (path?.value.kind !== 'literal' || typeof path.value.value !== 'string' || !path.value.value.startsWith('/'))
    return [];
  const isOpen = evaluator.values(callee.object).every((value) => value.kind === 'unknown');
  return isOpen ? rest.map(({ value }) => value) : [];
}

function takesRequest({ parameters }: FunctionDefinition): boolean {
  const target = parameters[0]?.target;
  return target?.kind === 'name' && REQUEST_PARAMETER.test(target.name);
}

/** Functions of other files that this one registers as handlers: the routes of an application and its controllers. */
export function importedEntries(bound: BoundModule, evaluator: Evaluator): readonly ImportedEntry[] {
  return bound.calls.flatMap((call): readonly ImportedEntry[] => {
    const registration = registrationOf(call, evaluator);
    if (registration) {
      const { kind, framework, isTable } = registration;
      return call.args.flatMap(({ value }) =>
        importedHandlers(value, evaluator, isTable).map((held) => ({ value: held, call, kind, framework })),
      );
    }
    return routeArguments(call, evaluator)
      .flatMap((value) => importedHandlers(value, evaluator))
      .map((value) => ({ value, call, kind: 'request', framework: 'web', isProvenByParameter: true }));
  });
}

function importedHandlers(expression: Expression, evaluator: Evaluator, isTable = false): readonly Value[] {
  return handlerValues(expression, evaluator, isTable).filter(
    (value) => value.kind === 'symbol' && value.module !== undefined,
  );
}

function decorated(definition: FunctionDefinition, evaluator: Evaluator): readonly Entry[] {
  return definition.decorators.flatMap(({ expression }) => {
    const name = evaluator.qualifiedName(expression.kind === 'call' ? expression.callee : expression);
    return name && NEST_DECORATOR.test(name) ? [{ definition, kind: 'request' as const, framework: 'nest' }] : [];
  });
}

function handlerMethods(definition: ClassDefinition, evaluator: Evaluator): readonly Entry[] {
  const bases = evaluator.libraryBases(definition);
  return BASES.flatMap(({ name, methods, kind, framework }) =>
    bases.some((base) => name.test(base))
      ? evaluator.members
          .allMethods(definition)
          .filter((method) => methods.test(method.name ?? ''))
          .map((method) => ({ definition: method, kind, framework }))
      : [],
  );
}
