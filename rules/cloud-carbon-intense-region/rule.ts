import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { findRegion, type Region } from '../../src/knowledge/site/findRegion.ts';
import { hasCommentNear } from '../shared/commentNear.ts';

interface State {
  readonly call: Call;
  readonly value: Expression;
  readonly region: Region;
  readonly provider: Provider;
}

type Provider = 'aws' | 'gcp' | 'azure';

/** Calls that say where jobs run, by the provider that they belong to. */
const CALLS: readonly (readonly [RegExp, Provider])[] = [
  [/^(boto3\.(client|resource|Session|session\.Session)|sagemaker\.[Ss]ession\.?\w*)$/, 'aws'],
  [/^(google\.cloud\.aiplatform\.init|vertexai\.init)$/, 'gcp'],
  [/^azure\.ai\.ml\.entities\.\w+$/, 'azure'],
];
const PARAMETERS = ['region_name', 'location', 'region'];
/** Grids above this are among the most carbon-intense there are: coal for the larger part. */
const INTENSE = 550;
/** Sources that disagree on these grids lie on both sides of the threshold. */
const DISPUTED =
  /^(aws us-east-2|azure (eastus2?|centralus|northcentralus|germany\w*)|aws (eu-central-1|ap-northeast)|gcp europe-west3)/;
/** Regions of each provider with little carbon. */
const CLEAN: Readonly<Record<Provider, readonly string[]>> = {
  aws: ['eu-north-1', 'ca-central-1', 'eu-west-3'],
  gcp: ['europe-north1', 'northamerica-northeast1', 'europe-west9'],
  azure: ['swedencentral', 'norwayeast', 'francecentral'],
};
/** Jobs that can run anywhere; a server has to be near those who call it. */
const TRAINS =
  /\bEstimator\(|\.fit\(|TrainingJob|create_training_job|CustomJob|HyperparameterTun|ProcessingJob|\.transform\(|batch_transform|BatchPrediction|command\(/;
const RESIDENCY = /gdpr|residen|sovereign|compliance|must (stay|run|be) in|legal|latency|bucket is in/i;

export default defineRule<State>({
  meta: {
    id: 'cloud-carbon-intense-region',
    title: 'Training in a region with a carbon-intense grid',
    category: 'carbon-awareness',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['cloud-carbon-intense-region'],
    libraries: ['boto3', 'sagemaker', 'google', 'vertexai', 'azure'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !TRAINS.test(program.module.text)) return;
    const seen = new Set<string>();
    for (const call of program.calls) {
      const state = judge(program, call);
      if (!state || seen.has(state.region.label) || hasCommentNear(program, call.node, 2, RESIDENCY)) continue;
      seen.add(state.region.label);
      yield report(state);
    }
  },
});

function judge(program: Program, call: Call): State | undefined {
  const provider = CALLS.find(([pattern]) => pattern.test(call.name ?? ''))?.[1];
  const written = call.node.args.find(({ name }) => PARAMETERS.includes(name ?? ''));
  if (provider === undefined || written === undefined) return undefined;
  const constant = program.constant(written.value);
  if (constant.kind !== 'known' || typeof constant.value !== 'string') return undefined;
  const region = findRegion(`${provider}:${constant.value}`);
  if (region?.provider === undefined || region.gramsPerKwh < INTENSE || DISPUTED.test(region.label)) return undefined;
  return { call, value: written.value, region, provider };
}

function report(state: State): Hit<State> {
  const { value, region, provider } = state;
  const names = CLEAN[provider];
  const [best] = names.flatMap((name) => findRegion(`${provider}:${name}`) ?? []);
  const grams = Math.round(region.gramsPerKwh);
  return {
    span: { start: value.start, end: value.end },
    severity: 'hint',
    message: {
      what: `Jobs run in ${region.label}, whose electricity causes ${grams} g CO2e per kWh (${region.year}).`,
      why: best
        ? `The same training in ${best.label} takes the same energy and causes ${Math.round(best.gramsPerKwh)} g per kWh.`
        : 'The same training elsewhere takes the same energy and causes a fraction of the carbon.',
      advice: `Train in ${names.map((name) => `\`${name}\``).join(', ')} where data and contracts allow it.`,
      condition: 'It changes the carbon, not the energy; moving the data costs both once.',
    },
    related: [],
    state,
  };
}
