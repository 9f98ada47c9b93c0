import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { ImportStatement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { hasOnlyTinyNetworks, onlyChoice, onlyImport } from './cpuBackend.ts';

type State =
  | { readonly kind: 'choice'; readonly backend: Expression | undefined }
  | { readonly kind: 'import'; readonly statement: ImportStatement };

const WHY =
  'A sentence encoder took 5 times the processor time of the WebAssembly backend for one sentence, and 30 times for a batch.';
const COMPUTES =
  /\.(predict|predictOnBatch|execute|executeAsync|fit|fitDataset|classify|detect\w*|estimate\w+|segment\w*|embed)\(/;
/** A function that says which backend it takes leaves the choice to those who call it. */
const CHOOSES = /cpu/i;

export default defineRule<State>({
  meta: {
    id: 'tfjs-cpu-backend',
    title: 'TensorFlow.js forced onto the plain JavaScript backend',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-cpu-backend'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'],
    since: '0.1.0',
  },

  *detect(program) {
    const imported = tensorFlowImport(program);
    if (program.isTestOrBenchmark || !imported || imported.modules.some((name) => /tfjs-node/.test(name))) return;
    if (hasOnlyTinyNetworks(program, imported)) return;
    const computes = COMPUTES.test(program.module.text);
    const call = onlyChoice(program);
    if (call && (computes || isSetup(call, program))) {
      yield reportChoice(call.node, call.node.args[0]?.value, computes);
      return;
    }
    const statement = program.calls.some(isRun) ? onlyImport(program, imported) : undefined;
    if (statement) yield reportImport(statement);
  },

  fixes({ state }, program) {
    return state.kind === 'choice' ? choiceFix(program, state.backend) : importFix(program, state.statement);
  },
});

/** A run of a model that the API data knows: where no call names TensorFlow.js, `runner.execute()` may be anything. */
function isRun({ api }: Call): boolean {
  return api?.roles.some((role) => role === 'predict' || role === 'train' || role === 'embed') === true;
}

/** Nothing but the choice is here, so that it is made for what other files compute. */
function isSetup({ place }: Call, program: Program): boolean {
  const usesTensors = program.calls.some(({ api }) => api?.returns?.endsWith('.Tensor'));
  return !usesTensors && !CHOOSES.test(place.function?.name ?? '');
}

function reportChoice({ start, end }: Expression, backend: Expression | undefined, computes: boolean): Hit<State> {
  return {
    span: { start, end },
    severity: computes ? 'information' : 'hint',
    message: {
      what: computes
        ? 'The plain JavaScript backend computes every tensor operation here.'
        : 'The plain JavaScript backend is chosen for the whole program.',
      why: WHY,
      advice:
        "Leave the call out (WebGL or WebGPU in a browser), or import `@tensorflow/tfjs-backend-wasm` and choose 'wasm'.",
      condition: computes
        ? 'Networks of a few thousand weights run as well on it.'
        : 'What the program computes is in other files, and networks of a few thousand weights run as well on it.',
    },
    related: [],
    state: { kind: 'choice', backend },
  };
}

function reportImport(statement: ImportStatement): Hit<State> {
  return {
    span: { start: statement.start, end: statement.end },
    severity: 'information',
    message: {
      what: 'The plain JavaScript backend is the only one that this file imports.',
      why: WHY,
      advice: 'Import `@tensorflow/tfjs-backend-webgl` in a browser, or `@tensorflow/tfjs-backend-wasm`.',
      condition: 'Another file may import a faster one, and networks of a few thousand weights run as well on this.',
    },
    related: [],
    state: { kind: 'import', statement },
  };
}

function choiceFix(program: Program, backend: Expression | undefined): readonly Fix[] {
  const [first] = program.module.body;
  if (backend?.kind !== 'literal' || first?.kind !== 'import') return [];
  const quote = program.text(backend)[0] ?? "'";
  const end = /;\s*$/m.test(program.text(first)) ? ';' : '';
  return [
    {
      title: 'Use the WebAssembly backend',
      safety: 'suggestion',
      reason: 'The package has to be installed, and setBackend has to be awaited; results differ in the last digits.',
      edits: [
        {
          span: { start: first.start, end: first.start },
          text: `import ${quote}@tensorflow/tfjs-backend-wasm${quote}${end}\n`,
        },
        { span: { start: backend.start, end: backend.end }, text: `${quote}wasm${quote}` },
      ],
    },
  ];
}

function importFix(program: Program, statement: ImportStatement): readonly Fix[] {
  const at = /(['"])@tensorflow\/tfjs-backend-cpu\1/.exec(program.text(statement));
  if (!at || statement.names.length > 0) return [];
  const start = statement.start + at.index + 1;
  return [
    {
      title: 'Import the WebAssembly backend',
      safety: 'suggestion',
      reason: 'The package has to be installed, and `await tf.ready()` has to come before the first operation.',
      edits: [{ span: { start, end: start + at[0].length - 2 }, text: '@tensorflow/tfjs-backend-wasm' }],
    },
  ];
}
