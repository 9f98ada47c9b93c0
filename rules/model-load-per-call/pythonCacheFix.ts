import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import { type ImportResult, importEdit } from '../../src/core/fixes/importEdit.ts';
import { reindent } from '../../src/core/fixes/reindent.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import {
  bomLength,
  indentationAt,
  indentationUnit,
  isFirstOnLine,
  lineBreakOf,
  lineStart,
} from '../../src/core/text/layout.ts';
import { enclosing } from '../shared/enclosing.ts';
import { freeName, isReadableAtModuleLevel, topLevelOffset } from '../shared/moduleScope.ts';
import { loadedName } from './loaderName.ts';
import type { RepeatedLoad } from './repeatedLoadState.ts';

/** Puts a cache decorator on the function that loads, or moves the load into a new cached function above the code that repeats it. */
export function pythonCacheFix(state: RepeatedLoad, program: Program): Fix | undefined {
  const cache = cacheDecorator(state, program);
  if (!cache) return undefined;
  const owner = loaderFunction(state, program);
  const edits = owner ? decorate(owner, cache.text, program) : extract(state.load, cache.text, program);
  if (!edits) return undefined;
  const title = `Keep the model with @${cache.text}`;
  return { title, safety: 'suggestion', reason: cache.reason, edits: [...cache.edits, ...edits] };
}

interface Cache {
  readonly text: string;
  readonly edits: readonly Edit[];
  readonly reason: string;
}

function cacheDecorator({ load, repetition }: RepeatedLoad, program: Program): Cache | undefined {
  const at = load.node.start;
  if (repetition.kind === 'entry' && repetition.entry.kind === 'rerun') {
    const streamlit: ImportResult | undefined = importEdit(program.module, { module: 'streamlit', alias: 'st', at });
    return (
      streamlit && {
        text: `${streamlit.local}.cache_resource`,
        edits: streamlit.edits,
        // Fast tokenizers of transformers raise "Already borrowed" where two threads use one (huggingface/tokenizers, issue 537).
        reason:
          'All sessions share one model from several threads: it must not be changed and must allow concurrent use. st.cache_resource needs Streamlit 1.18 or later.',
      }
    );
  }
  const functools = importEdit(program.module, { module: 'functools', at });
  return (
    functools && {
      text: `${functools.local}.lru_cache(maxsize=1)`,
      edits: functools.edits,
      reason:
        'The model stays in memory and all callers share it: it must not be changed and must allow concurrent use.',
    }
  );
}

/** The function around the load, when it does nothing but load and takes no arguments: decorating it is the smallest edit. */
function loaderFunction({ load, repetition }: RepeatedLoad, program: Program): FunctionDefinition | undefined {
  const { functions } = enclosing(program.module, load.node);
  const [owner] = functions;
  if (!owner || functions.length !== 1 || owner.form !== 'declaration' || owner.isAsync) return undefined;
  const isCalled =
    repetition.kind === 'loop'
      ? repetition.via.length > 0
      : repetition.entry.path.length > 0 || repetition.entry.kind === 'rerun';
  if (!isCalled || owner.parameters.length > 0 || owner.decorators.length > 0) return undefined;
  const last = owner.body.at(-1);
  if (last?.kind !== 'return' || !last.value || owner.body.length > 6) return undefined;
  const returns = last.value.kind === 'sequence' ? last.value.elements : [last.value];
  return returns.some((value) => program.origin(value) === load || contains(value, load)) ? owner : undefined;
}

function contains(value: { readonly start: number; readonly end: number }, load: Call): boolean {
  return value.start <= load.node.start && load.node.end <= value.end;
}

function decorate(owner: FunctionDefinition, decorator: string, { module }: Program): readonly Edit[] | undefined {
  const { text } = module;
  if (!isFirstOnLine(text, owner.start)) return undefined;
  const start = Math.max(lineStart(text, owner.start), bomLength(text));
  const line = `${indentationAt(text, owner.start)}@${decorator}${lineBreakOf(text)}`;
  return [{ span: { start, end: start }, text: line }];
}

function extract(load: Call, decorator: string, program: Program): readonly Edit[] | undefined {
  const { module } = program;
  const span = withReceiverMethods(load, program);
  const offset = topLevelOffset(module, load.node);
  if (offset === undefined || !isReadableAtModuleLevel(module, span)) return undefined;
  const unit = indentationUnit(module.text, load.node.start);
  const body = reindent(module, span, unit);
  if (body === undefined) return undefined;
  const name = freeName(module, `load_${loadedName(load, program)}`);
  const br = lineBreakOf(module.text);
  const text = `@${decorator}${br}def ${name}():${br}${unit}return ${body}${br}${br}${br}`;
  return [
    { span: { start: offset, end: offset }, text },
    { span: { start: span.start, end: span.end }, text: `${name}()` },
  ];
}

/** `X.from_pretrained(…).to(device).eval()` is kept as a whole. */
function withReceiverMethods(load: Call, program: Program): Call['node'] {
  let outer = load;
  for (;;) {
    const next = program.calls.find((call) => call.receiver === outer.node && call.api?.returns === 'self');
    if (!next || !isReadableAtModuleLevel(program.module, next.node)) return outer.node;
    outer = next;
  }
}
