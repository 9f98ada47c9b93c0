import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

interface State {
  readonly call: Call;
  /** The argument that switches the cache off; absent for `disable_caching()`. */
  readonly argument: Argument | undefined;
  readonly what: 'preprocessing' | 'download';
}

export default defineRule<State>({
  meta: {
    id: 'hf-datasets-cache-disabled',
    title: 'Cache of a data set or model switched off',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-datasets-cache-disabled'],
    libraries: ['datasets', 'transformers', 'torch', 'keras', 'huggingface_hub', 'diffusers'],
    since: '0.1.0',
  },

  *detect(program) {
    // A cold start that is timed is meant to be one.
    if (program.isTestOrBenchmark || /\bperf_counter\(|\btimeit\b|cold.?start/i.test(program.module.text)) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state && !isExplained(program, call)) yield report(state);
    }
  },

  fixes({ state }, program): readonly Fix[] {
    if (state.argument === undefined) return [];
    const edit = removeArgument(state.call.node, state.argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: `Remove ${state.argument.name}`,
        safety: 'suggestion',
        edits: [edit],
        reason:
          'The next run reuses what the last one stored; a function that reads something outside its arguments may then give old results.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (call.name === 'datasets.disable_caching' && !isSwitchedBack(program))
    return { call, argument: undefined, what: 'preprocessing' };
  for (const argument of call.node.args) {
    if (argument.name === undefined) continue;
    if (isNeverCached(call)) return undefined;
    const constant = program.constant(argument.value);
    const value = constant.kind === 'known' ? constant.value : program.text(argument.value);
    if (isPreprocessing(call, argument.name) && value === false) return { call, argument, what: 'preprocessing' };
    if (isDownload(call, argument.name, value)) return { call, argument, what: 'download' };
  }
  return undefined;
}

/** The result gets a fingerprint of the caller's, or stays in memory: nothing on disk could be reused. */
function isNeverCached(call: Call): boolean {
  const inMemory = call.argument('keep_in_memory');
  return (
    call.node.args.some(({ name }) => name === 'new_fingerprint') ||
    (inMemory.kind === 'known' && inMemory.value.kind === 'literal' && inMemory.value.value === true) ||
    call.node.args.some(
      ({ name, value }) => name === 'keep_in_memory' && value.kind === 'literal' && value.value === true,
    )
  );
}

/** A context that switches the cache on again. */
function isSwitchedBack(program: Program): boolean {
  return program.calls.some((call) => call.name === 'datasets.enable_caching');
}

/** `ds.map(…, load_from_cache_file=False)`: no other library has a parameter of that name. */
function isPreprocessing(call: Call, name: string): boolean {
  return (
    name === 'load_from_cache_file' &&
    /^(map|filter|sort|shuffle|train_test_split)$/.test(call.name?.split('.').at(-1) ?? attributeOf(call))
  );
}

function isDownload(call: Call, name: string, value: unknown): boolean {
  if (name === 'download_mode') {
    return (
      call.name === 'datasets.load_dataset' &&
      (value === 'force_redownload' || /(^|\.)FORCE_REDOWNLOAD$/.test(String(value)))
    );
  }
  if (value !== true) return false;
  if (name === 'force_reload') return call.name === 'torch.hub.load' && call.argument('source').kind === 'absent';
  if (name !== 'force_download') return false;
  return /^(transformers|diffusers|huggingface_hub|sentence_transformers)\.|^keras\.utils\.get_file$/.test(
    call.api?.name ?? call.name ?? '',
  );
}

function attributeOf(call: Call): string {
  return call.node.callee.kind === 'attribute' ? call.node.callee.name : '';
}

/** A comment on the line or above it says that somebody wanted it so. */
function isExplained(program: Program, call: Call): boolean {
  const { text, comments } = program.module;
  return comments.some(({ start, end }) => {
    const isNear =
      start >= call.node.start
        ? start <= call.node.end || !text.slice(call.node.end, start).includes('\n')
        : text.slice(end, call.node.start).split('\n').length <= 2;
    return isNear && /cache|download|reload|debug|fresh|stale|determinis|random/i.test(text.slice(start, end));
  });
}

function report(state: State): Hit<State> {
  const { argument, call } = state;
  const isDownload = state.what === 'download';
  return {
    span: argument ?? call.node,
    severity: 'hint',
    message: {
      what: isDownload
        ? 'Every run downloads again what is already on disk.'
        : 'Every run repeats the preprocessing although its result is already on disk.',
      why: isDownload
        ? 'The library stores downloads and checks them by version; forcing a new one moves the same bytes over the network each time.'
        : 'datasets stores the result of each transform under a fingerprint of the function and its arguments and reuses it when neither changed.',
      advice: argument ? `Remove \`${argument.name}\` once the pipeline works.` : 'Remove `disable_caching()`.',
      condition: 'The saving depends on how often the script is run.',
    },
    related: [],
    state,
  };
}
