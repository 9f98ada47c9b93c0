import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly call: Call;
  readonly kind: 'never-stopped' | 'no-place' | 'thrown-away';
}

const TRACKER = /^codecarbon\.(emissions_tracker\.)?(Offline)?EmissionsTracker$/;
const PLACES = ['country_iso_code', 'country_2letter_iso_code', 'cloud_provider', 'cloud_region'];
/** Other ways of ending or writing than `stop`. */
const ENDS = /^(stop|flush|stop_task|__exit__)$/;

export default defineRule<State>({
  meta: {
    id: 'carbon-tracker-misused',
    title: 'Emissions tracker that measures nothing usable',
    category: 'carbon-awareness',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['carbon-tracker-misused'],
    libraries: ['codecarbon'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const kind = TRACKER.test(call.name ?? '') ? problemOf(program, call) : undefined;
      if (kind) yield report({ call, kind });
    }
  },
});

function problemOf(program: Program, call: Call): State['kind'] | undefined {
  if (call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const isOffline = /OfflineEmissionsTracker$/.test(call.name ?? '');
  if (isOffline && !call.node.args.some(({ name }) => PLACES.includes(name ?? ''))) return 'no-place';
  const methods = program.methodCalls(call);
  const isStarted = methods.some((method) => /^(start|start_task)$/.test(methodName(method) ?? ''));
  const ends = methods.filter((method) => ENDS.test(methodName(method) ?? ''));
  if (!isStarted || leaves(program, call)) return undefined;
  // A tracker on an attribute may be stopped through any of its holders.
  if (ends.length === 0) return /\.(stop|flush|stop_task)\(/.test(program.module.text) ? undefined : 'never-stopped';
  const saves = call.constantArgument('save_to_file');
  const isThrownAway =
    saves.kind === 'known' &&
    saves.value === false &&
    !call.node.args.some(({ name }) =>
      /^(save_to_api|save_to_logger|save_to_prometheus|save_to_logfire)$/.test(name ?? ''),
    ) &&
    ends.every((end) => program.parent(end.node)?.kind === 'expression') &&
    !/final_emissions|_prepare_emissions_data/.test(program.module.text);
  return isThrownAway ? 'thrown-away' : undefined;
}

/** Handed to other code, which may stop it. */
function leaves(program: Program, call: Call): boolean {
  return program.uses(call).some(({ kind }) => kind === 'argument' || kind === 'returned' || kind === 'stored');
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.call.node.start, end: state.call.node.end },
    severity: 'information',
    message: MESSAGES[state.kind],
    related: [],
    state,
  };
}

const MESSAGES: Readonly<Record<State['kind'], Hit<State>['message']>> = {
  'never-stopped': {
    what: 'The tracker is started and never stopped.',
    why: 'codecarbon writes what it measured when it is stopped or flushed; a run that ends otherwise leaves no figures.',
    advice: 'Use `with EmissionsTracker() as tracker:`, which stops after an exception too.',
    condition: 'It saves nothing by itself: it is about knowing what the run costs.',
  },
  'no-place': {
    what: 'The offline tracker does not know where it runs.',
    why: 'Without a country or a cloud region there is no carbon intensity to multiply the energy with.',
    advice: 'Pass `country_iso_code="FRA"`, or `cloud_provider` and `cloud_region`.',
    condition: 'It saves nothing by itself: it is about knowing what the run costs.',
  },
  'thrown-away': {
    what: 'The tracker writes no file, and what `stop()` returns is not used.',
    why: 'The measurement takes its time and its figures are thrown away.',
    advice: 'Keep `emissions = tracker.stop()`, or leave out `save_to_file=False`.',
    condition: 'It saves nothing by itself: it is about knowing what the run costs.',
  },
};
