import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';

/** What puts a model on a hub. */
const UPLOADS = /^huggingface_hub\.(?:\w+\.)*(?:upload_folder|upload_large_folder|create_commit|push_to_hub_\w+)$/;
/** The figure is on its way into the card; these trainers write it there themselves where codecarbon runs. */
const PUBLISHES = /co2_eq_emissions|emissions_data|\b(?:sentence_transformers|setfit|span_marker)\b/i;
const PRIVATE = /private\s*=\s*True|hub_private_repo\s*=\s*True/;
/** Classes and functions that measure what a training emits. */
const MEASURES = /^(?:codecarbon|carbontracker|eco2ai)\./;

export default defineRule<Call>({
  meta: {
    id: 'footprint-not-published',
    title: 'Model published without the footprint that was measured',
    category: 'carbon-awareness',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['footprint-not-published'],
    libraries: ['codecarbon', 'carbontracker', 'eco2ai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const code = codeText(program);
    if (PUBLISHES.test(code) || PRIVATE.test(code) || !measures(program)) return;
    const upload = program.calls.find(publishes);
    if (upload) yield report(upload);
  },
});

function measures(program: Program): boolean {
  const tracked = program.functions.some(({ decorators }) =>
    decorators.some(({ expression }) => MEASURES.test(program.qualifiedName(expression) ?? '')),
  );
  return tracked || program.calls.some(({ name }) => MEASURES.test(name ?? ''));
}

/** The keyword of a setting may push while training; only the call itself proves that a model leaves. */
function publishes(call: Call): boolean {
  return methodName(call) === 'push_to_hub' || UPLOADS.test(call.name ?? '');
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'hint',
    message: {
      what: 'The training is measured, and the model goes to the hub without the figure.',
      why: 'A model card can state the emissions (`co2_eq_emissions`), so that others need not measure again to compare.',
      advice:
        'Add them to the card: `card.data.co2_eq_emissions = {"emissions": grams, "source": "codecarbon", "training_type": "fine-tuning", "hardware_used": "…"}`.',
      condition: 'It saves nothing by itself.',
    },
    related: [],
    state: call,
  };
}
