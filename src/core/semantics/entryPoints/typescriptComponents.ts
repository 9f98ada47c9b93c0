import type { FunctionDefinition } from '../../ir/definition.ts';
import type { Statement } from '../../ir/statement.ts';
import type { BoundModule } from '../binding/boundModule.ts';
import type { Entry } from './entry.ts';

/** Server components of Next run per request or once at build time, which the text does not tell. */
const SERVER_COMPONENT_PATH = /(^|\/)app\//;
const WRAPPERS = /^(memo|forwardRef|observer)$/;

/** React components: capitalised functions of a file with JSX that imports React, says `'use client'`, or returns elements. */
export function components(bound: BoundModule, path: string): readonly Entry[] {
  if (!/\.[jt]sx$/.test(path)) return [];
  const isClient = importsReact(bound) || directiveOf(bound.module.body) === 'use client';
  if (!isClient && SERVER_COMPONENT_PATH.test(path)) return [];
  return bound.functions.flatMap((definition) => {
    const name = definition.name ?? assignedName(definition, bound);
    const isComponent = name !== undefined && /^[A-Z][a-z]/.test(name) && definition.form !== 'method';
    return isComponent && (isClient || returnsElements(definition, bound))
      ? [{ definition, kind: 'render' as const, framework: 'react' }]
      : [];
  });
}

/** Functions that the template of a Vue or Svelte component calls on events, by their names. */
export function templateEvents(bound: BoundModule, path: string): readonly Entry[] {
  const called = new Set(bound.module.handlers);
  if (called.size === 0) return [];
  const framework = /\.vue$/i.test(path) ? 'vue' : 'svelte';
  return bound.functions
    .filter((definition) => called.has(definition.name ?? assignedName(definition, bound) ?? ''))
    .map((definition) => ({ definition, kind: 'event', framework }));
}

/** Exported async functions of a `'use server'` module, and functions that begin with that directive. */
export function serverActions(bound: BoundModule): readonly Entry[] {
  const isModule = directiveOf(bound.module.body) === 'use server';
  return bound.functions
    .filter(
      (definition) =>
        definition.isAsync &&
        (directiveOf(definition.body) === 'use server' ||
          (isModule && bound.functionContexts.get(definition)?.parent?.frame.kind === 'module')),
    )
    .map((definition) => ({ definition, kind: 'request', framework: 'next' }));
}

function directiveOf([first]: readonly Statement[]): string | undefined {
  const value =
    first?.kind === 'expression' && first.expression.kind === 'literal' ? first.expression.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function importsReact(bound: BoundModule): boolean {
  return bound.module.body.some(
    (statement) => statement.kind === 'import' && (statement.module === 'react' || statement.module === 'preact'),
  );
}

/** JSX is lowered to an opaque expression that begins with `<`. */
function returnsElements(definition: FunctionDefinition, bound: BoundModule): boolean {
  const { text } = bound.module;
  return (bound.returns.get(definition) ?? []).some((value) => value.kind === 'opaque' && text[value.start] === '<');
}

/** Name of the variable that holds the function, also through `memo(…)`. */
function assignedName(definition: FunctionDefinition, bound: BoundModule): string | undefined {
  const frame = bound.functionContexts.get(definition)?.frame;
  const expression = frame?.kind === 'function' ? frame.node : undefined;
  let parent = expression && bound.infos.get(expression)?.parent;
  if (parent?.kind === 'call') {
    const { callee } = parent;
    const isWrapper = (callee.kind === 'name' || callee.kind === 'attribute') && WRAPPERS.test(callee.name);
    parent = isWrapper ? bound.infos.get(parent)?.parent : undefined;
  }
  if (parent?.kind !== 'assign' || !('targets' in parent)) return undefined;
  const [target] = parent.targets;
  return target?.kind === 'name' ? target.name : undefined;
}
