import type { FunctionDefinition } from '../../ir/definition.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Entry } from './entry.ts';

const VIEWS_FILE = /(^|\/)(views|viewsets)(\/[^/]+|\w*)?\.py$/;

/** Django calls the functions of a `views.py` per request; the routes stand in another file. */
export function djangoViews(bound: BoundModule, path: string): readonly Entry[] {
  if (!VIEWS_FILE.test(path) || !importsFrom(bound, /^(django|rest_framework)(\.|$)/)) return [];
  return bound.functions
    .filter(
      (definition) =>
        bound.functionContexts.get(definition)?.parent?.frame.kind === 'module' &&
        firstParameter(definition) === 'request',
    )
    .map((definition) => ({ definition, kind: 'request', framework: 'django' }));
}

/** Falcon resources are plain classes: their `on_get(self, req, resp)` say what they are. */
export function falconResources(bound: BoundModule): readonly Entry[] {
  if (!importsFrom(bound, /^falcon(\.|$)/)) return [];
  return bound.functions
    .filter(
      (definition) =>
        bound.functionContexts.get(definition)?.parent?.frame.kind === 'class' &&
        /^on_(get|post|put|patch|delete|head|websocket)(_\w+)?$/.test(definition.name ?? ''),
    )
    .map((definition) => ({ definition, kind: 'request', framework: 'falcon' }));
}

/** `m: Annotated[Model, Depends(get_model)]`: what the parameter depends on is made for every request. */
export function annotatedDependencies(bound: BoundModule): readonly Entry[] {
  return bound.functions.flatMap(({ parameters }) =>
    parameters.flatMap(({ annotation }) => {
      const name = /\bDepends\(\s*(\w+)\s*[,)]/.exec(annotation ?? '')?.[1];
      const definitions = name === undefined ? [] : (bound.moduleScope.bindings.get(name)?.definitions ?? []);
      return definitions.flatMap((definition) =>
        definition.kind === 'function'
          ? [{ definition: definition.definition, kind: 'request' as const, framework: 'fastapi' }]
          : [],
      );
    }),
  );
}

/** `def main(req: func.HttpRequest)` of an Azure function. */
export function azureMain(bound: BoundModule): readonly Entry[] {
  if (!importsFrom(bound, /^azure\.functions$/)) return [];
  return bound.functions
    .filter(
      ({ name, parameters }) =>
        name === 'main' &&
        parameters.some(({ annotation }) =>
          /\b(HttpRequest|ServiceBusMessage|QueueMessage|EventHubEvent)$/.test(annotation ?? ''),
        ),
    )
    .map((definition) => ({ definition, kind: 'request', framework: 'azure' }));
}

function firstParameter({ parameters }: FunctionDefinition): string | undefined {
  const target = parameters[0]?.target;
  return target?.kind === 'name' ? target.name : undefined;
}

function importsFrom(bound: BoundModule, module: RegExp): boolean {
  return bound.module.body.some((statement) => statement.kind === 'import' && module.test(statement.module));
}
