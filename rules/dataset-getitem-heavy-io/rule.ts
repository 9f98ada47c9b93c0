import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { ClassDefinition, FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { pathOf } from '../file-read-in-loop/reads.ts';
import { isMapDataset, methodOf } from '../shared/datasetClasses.ts';
import { enclosing } from '../shared/enclosing.ts';
import { isTableRead } from '../shared/tableReads.ts';
import { isSameForAll } from './fixedPath.ts';

interface State {
  readonly call: Call;
  readonly kind: 'file' | 'model';
  readonly owner: ClassDefinition;
}

const PARSERS = /^(json|pickle|yaml)\.(load|safe_load)$/;

export default defineRule<State>({
  meta: {
    id: 'dataset-getitem-heavy-io',
    title: 'Whole file or model loaded for every sample',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['dataset-getitem-heavy-io'],
    libraries: ['torch', 'keras', 'tensorflow', 'tf_keras'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const owner of program.classes) {
      const method = isMapDataset(program, owner) ? methodOf(owner, '__getitem__') : undefined;
      if (method === undefined) continue;
      for (const call of program.calls) {
        if (!contains(method.bodySpan, call.node)) continue;
        const kind = loadOf(program, call, method);
        if (kind) yield report({ call, kind, owner });
      }
    }
  },

  effect({ state: { kind } }): WorkloadChange {
    if (kind === 'model')
      return { before: { kind: 'load-model', unit: 'item', loadsPerUnit: 1 }, after: { loadsPerUnit: 0 } };
    return {
      before: { kind: 'read-data', unit: 'item', readsPerUnit: 1 },
      after: { readsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },
});

/** What the call loads anew for each sample; nothing under a condition, which may run once. */
function loadOf(program: Program, call: Call, method: FunctionDefinition): State['kind'] | undefined {
  if (call.place.isMemoised || isConditional(program, call, method)) return undefined;
  const roles = call.api?.roles ?? [];
  if (roles.includes('model-load') || roles.includes('tokenizer-load'))
    return isOtherModel(program, call, method) ? undefined : 'model';
  if (call.argument('mmap_mode').kind !== 'absent') return undefined;
  const path = isTableRead(call) ? pathOf(call) : parsedPath(program, call);
  return path !== undefined && isSameForAll(program, path, method) ? 'file' : undefined;
}

/** `torch.load(self.files[index])` loads a sample, not a model. */
function isOtherModel(program: Program, call: Call, method: FunctionDefinition): boolean {
  if (/^(torch\.load|joblib\.load)$/.test(call.name ?? '')) return true;
  return !call.node.args.every(({ value, spread }) => spread === undefined && isSameForAll(program, value, method));
}

/** `json.load(open(self.path))`: the path of what is parsed. */
function parsedPath(program: Program, call: Call): ReturnType<typeof pathOf> {
  if (!PARSERS.test(call.name ?? '')) return undefined;
  const [first] = call.node.args;
  const opened = first && (first.value.kind === 'call' ? program.callOf(first.value) : program.origin(first.value));
  return opened?.api?.name === 'builtins.open' ? pathOf(opened) : undefined;
}

function isConditional(program: Program, call: Call, method: FunctionDefinition): boolean {
  return enclosing(program.module, call.node).statements.some(
    ({ kind, start, end }) => (kind === 'if' || kind === 'try') && contains(method.bodySpan, { start, end }),
  );
}

function report(state: State): Hit<State> {
  const { call, kind, owner } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'warning',
    message: {
      what: `${kind === 'file' ? 'The whole file is read' : 'The model or tokenizer is loaded'} again for every sample of \`${owner.name ?? 'the data set'}\`.`,
      why: 'The path does not depend on the index, so an epoch does this once per sample while the accelerator waits.',
      advice: 'Load it once, in `__init__`, and keep it in an attribute; open handles lazily in each worker.',
    },
    related: owner.nameSpan ? [{ span: owner.nameSpan, message: 'the data set' }] : [],
    state,
  };
}
