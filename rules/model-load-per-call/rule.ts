import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkUnit } from '../../src/energy/workload.ts';
import { namesOf } from '../shared/namesOf.ts';
import { hoistFix } from './hoistFix.ts';
import { javascriptSingletonFix } from './javascriptSingletonFix.ts';
import { LIBRARIES } from './libraries.ts';
import { modelOf } from './loadedModel.ts';
import { changesModel } from './loopPurpose.ts';
import { messageOf, relatedSpans, severityOf } from './messages.ts';
import { pythonCacheFix } from './pythonCacheFix.ts';
import { repetitionOf } from './repeatedLoad.ts';
import type { RepeatedLoad } from './repeatedLoadState.ts';
import { isStateInitialiser, lazyStateFix } from './stateInitialiser.ts';

export default defineRule<RepeatedLoad>({
  meta: {
    id: 'model-load-per-call',
    title: 'Model loaded again on every call',
    category: 'redundant-data-loading',
    languages: ['python', 'typescript'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: [
      'model-load-in-handler',
      'model-load-in-loop',
      'streamlit-uncached-model',
      'spark-udf-model-per-row',
      'ray-map-batches-stateless-model',
      'tjs-model-load-per-call',
      'ort-session-per-call',
      'tfjs-model-load-per-call',
      'nlc-model-load-per-call',
      'webllm-engine-per-call',
    ],
    libraries: LIBRARIES,
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    let names: NameIndex | undefined;
    for (const load of program.calls) {
      if (
        !(isLoad(load) || isPickledModel(load, program) || isStateInitialiser(load, program)) ||
        wrapsLoadedModel(load, program) ||
        isFollowedByLoad(load, program)
      )
        continue;
      const repetition = repetitionOf(load, program);
      if (!repetition) continue;
      names ??= namesOf(program);
      const state = { load, repetition, names };
      yield {
        span: { start: load.node.start, end: load.node.end },
        severity: severityOf(state, program),
        message: messageOf(state, program),
        related: relatedSpans(state),
        state,
      };
    }
  },

  effect({ state: { load, repetition } }, program) {
    if (isStateInitialiser(load, program)) return undefined;
    return {
      before: { kind: 'load-model', unit: unitOf(repetition), loadsPerUnit: 1, ...modelOf(load) },
      after: { loadsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const { load, repetition, names } = state;
    const lazy = isStateInitialiser(load, program) ? lazyStateFix(load, program) : undefined;
    if (lazy) return [lazy];
    if (repetition.kind === 'loop' && repetition.via.length === 0) {
      const fix = hoistFix(load, repetition.loop, program, names);
      return fix ? [fix] : [];
    }
    // A shared model must not be wrapped or rewritten by every caller.
    if (load.place.function && changesModel(load.place.function, program)) return [];
    const fix =
      program.module.language === 'python' ? pythonCacheFix(state, program) : javascriptSingletonFix(state, program);
    return fix ? [fix] : [];
  },
});

function isLoad({ api }: Call): boolean {
  return api !== undefined && (api.roles.includes('model-load') || api.roles.includes('session-create'));
}

/** `pickle.load` reads anything; what is asked to predict afterwards is a model. */
function isPickledModel(load: Call, program: Program): boolean {
  if (!/^(pickle|cloudpickle|dill)\.load$/.test(load.name ?? '')) return false;
  return program.methodCalls(load).some(({ node: { callee } }) => {
    return callee.kind === 'attribute' && /^(predict|predict_proba|decision_function|transform)$/.test(callee.name);
  });
}

/** `pipeline(task, model=model)` around a model that is loaded elsewhere only ties parts together. */
function wrapsLoadedModel(load: Call, program: Program): boolean {
  const parameter = load.api?.modelParameter;
  const argument = parameter === undefined ? undefined : load.argument(parameter);
  const source = argument?.kind === 'known' ? program.origin(argument.value) : undefined;
  return source !== undefined && source !== load && isLoad(source);
}

/** `getLlama()` before `llama.loadModel()`: the load is the report. */
function isFollowedByLoad(load: Call, program: Program): boolean {
  return (load.api?.roles.includes('model-load') ?? false)
    ? false
    : program.methodCalls(load).some((call) => isLoad(call));
}

function unitOf(repetition: RepeatedLoad['repetition']): WorkUnit {
  if (repetition.kind === 'loop' || repetition.entry.kind === 'row' || repetition.entry.kind === 'frame') return 'item';
  return repetition.entry.kind === 'render' || repetition.entry.kind === 'rerun' ? 'render' : 'request';
}
