import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly call: Call;
  readonly cron: string;
}

/** Calls that run a task at fixed times, by the keyword of the time table. */
const SCHEDULES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^airflow\.(?:DAG|models\.(?:dag\.)?DAG|decorators\.dag|sdk\.(?:dag|DAG))$/, ['schedule', 'schedule_interval']],
  [/^modal\.Cron$/, ['cron_string', '']],
  [/^dagster\.(?:ScheduleDefinition|schedule)$/, ['cron_schedule']],
  [/^apscheduler\.triggers\.cron\.CronTrigger\.from_crontab$/, ['']],
];
const PRESETS: Readonly<Record<string, string>> = {
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
};
/** A fixed minute and hour: once a day or more seldom. */
const FIXED_HOUR = /^\d{1,2}\s+\d{1,2}\s+\S+\s+\S+\s+\S+$/;
/** Somebody asks the grid, or the hour is bound to other events. */
const DECIDED =
  /electricity_?maps|watt_?time|carbon[_-]?aware|carbon_?intensity|green_?hours|co2signal|deadline|\bsla\b|market (?:open|close)/i;

export default defineRule<State>({
  meta: {
    id: 'carbon-aware-schedule-missing',
    title: 'Recurring training runs at a fixed hour',
    category: 'carbon-awareness',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['carbon-aware-schedule-missing'],
    libraries: ['airflow', 'modal', 'dagster', 'apscheduler'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || DECIDED.test(codeText(program)) || !trains(program)) return;
    for (const call of program.calls) {
      const cron = cronOf(program, call);
      if (cron !== undefined) yield report({ call, cron });
    }
  },
});

/** The time table of a call where it names one fixed hour. */
function cronOf(program: Program, call: Call): string | undefined {
  const keywords = SCHEDULES.find(([pattern]) => pattern.test(call.name ?? ''))?.[1];
  if (keywords === undefined) return undefined;
  const written = keywords.flatMap((keyword) => writtenFor(call, keyword) ?? [])[0];
  const constant = written && program.constant(written);
  if (constant?.kind !== 'known' || typeof constant.value !== 'string') return undefined;
  const cron = PRESETS[constant.value] ?? constant.value.trim();
  return FIXED_HOUR.test(cron) ? constant.value : undefined;
}

/** By keyword, or (an empty keyword) the first argument. */
function writtenFor({ node }: Call, keyword: string): Expression | undefined {
  if (keyword !== '') return node.args.find(({ name }) => name === keyword)?.value;
  const [first] = node.args;
  return first !== undefined && first.name === undefined && first.spread === undefined ? first.value : undefined;
}

/** The file itself trains: on an accelerator, or with a trainer. */
function trains(program: Program): boolean {
  return program.calls.some(
    (call) =>
      call.api?.name === 'transformers.Trainer.train' ||
      /^(?:lightning|pytorch_lightning)(?:\.\w+)*\.Trainer\.fit$/.test(call.name ?? '') ||
      (methodName(call) === 'backward' && call.place.loops.length > 0) ||
      /^(?:keras|tensorflow\.keras)(?:\.\w+)*\.fit$/.test(call.api?.name ?? ''),
  );
}

function report(state: State): Hit<State> {
  return {
    span: { start: state.call.node.start, end: state.call.node.end },
    severity: 'hint',
    message: {
      what: `This training always runs at the same hour (\`${state.cron}\`).`,
      why: 'The carbon intensity of most grids changes by tens of per cent within a day; a training that may wait some hours can run in the cleanest of them.',
      advice:
        'Let it start within a window: a sensor that asks electricityMaps, WattTime or the Carbon Aware SDK before the task.',
      condition: 'It saves carbon, not energy, and only where nobody waits for the result.',
    },
    related: [],
    state,
  };
}
