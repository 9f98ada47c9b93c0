import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { scaleOf } from '../shared/scale.ts';

interface State {
  readonly call: Call;
  readonly trains: boolean;
}

/** Tokens that the provider counted are read, or something measures. */
const RECORDS =
  /\busage\b|usageMetadata|usage_metadata|totalUsage|onUsage|tokenUsage|gen_ai\.|opentelemetry|langfuse|langsmith|helicone|@tgwf\/co2|systeminformation|green-ai/i;
const PACKAGES = [
  '@tgwf/co2',
  'systeminformation',
  '@opentelemetry/api',
  '@opentelemetry/sdk-node',
  '@opentelemetry/instrumentation-openai',
  '@traceloop/node-server-sdk',
  '@arizeai/openinference-instrumentation-openai',
  'langfuse',
  'langsmith',
];
/** Folders of scripts that somebody starts; a library or a page does not know what runs it. */
const SCRIPT =
  /(?:^|\/)(?:scripts?|jobs?|tasks?|bin|cli|tools|batch|cron|training)\/|(?:^|\/)(?:train|ingest|embed|index-docs|seed|backfill)[\w-]*\.[mc]?[jt]s$/i;
const EXAMPLE = /(?:^|\/)(?:examples?|demos?|samples?|docs)\//i;

export default defineRule<State>({
  meta: {
    id: 'usage-not-recorded',
    title: 'Training or bulk inference whose consumption nobody records',
    category: 'carbon-awareness',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['carbon-no-tracking'],
    libraries: [
      'openai',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      '@google/genai',
      'ai',
      '@mistralai/mistralai',
      '@tensorflow/tfjs-node',
      '@tensorflow/tfjs-node-gpu',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || EXAMPLE.test(program.path) || !SCRIPT.test(program.path)) return;
    if (javascriptRuntime(program) === 'browser' || RECORDS.test(codeText(program))) return;
    if (PACKAGES.some((name) => program.environment.versions.version(name).kind === 'known')) return;
    const found = program.calls.find((call) => isTraining(call) || isBulk(program, call));
    if (found) yield report({ call: found, trains: isTraining(found) });
  },
});

function isTraining({ api, name }: Call): boolean {
  return api?.roles.includes('train') === true && /^@tensorflow\//.test(name ?? api.name);
}

/** A hosted model in a loop over data, started by hand rather than by a request; whoever gets the whole answer may count its tokens. */
function isBulk(program: Program, call: Call): boolean {
  const isHosted = call.api?.roles.includes('hosted-call') === true;
  return isHosted && scaleOf(program, call).kind === 'items' && !isHandedOn(program, call);
}

/** `meter(answer)`, where `meter` is code of another file. A function of this file is read with the rest of it. */
function isHandedOn(program: Program, call: Call): boolean {
  return program.uses(call).some(({ kind, call: receiver }) => {
    if (kind !== 'argument' || !receiver) return false;
    const { callee } = receiver.node;
    const isOwn = program.values(callee).every((value) => value.kind === 'function');
    return !isOwn && !LOGS.test(program.text(callee));
  });
}

const LOGS = /^(console\.\w+|JSON\.stringify|String)$/;

function report(state: State): Hit<State> {
  const { callee } = state.call.node;
  return {
    span: { start: callee.start, end: callee.end },
    severity: 'hint',
    message: {
      what: state.trains
        ? 'Nothing in this script records what the training consumes.'
        : 'This script asks a hosted model for every row and records no usage.',
      why: 'Without a figure nobody can tell what a run costs or compare two of them.',
      advice: state.trains
        ? 'Log the run time and the machine, and let `green-ai estimate-training` state the energy.'
        : 'Add up the tokens that each answer states (`response.usage`, `usageMetadata`) and log the sum at the end.',
      condition: 'It saves nothing by itself, and another file of the project may record it.',
    },
    related: [],
    state,
  };
}
