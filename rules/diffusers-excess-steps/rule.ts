import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { namedModel } from '../shared/namedModels.ts';
import { scaleOf, severityFor } from '../shared/scale.ts';
import { isTrained } from '../shared/training.ts';
import { writtenDefault } from '../shared/writtenDefault.ts';

interface State {
  readonly load: Call;
  readonly run: Call;
  readonly steps: number;
  /** The number in the text; absent where the library's default holds. */
  readonly expression: Expression | undefined;
  /** The number is what holds where a caller names none. */
  readonly isDefault: boolean;
}

const MANY_STEPS = 50;
const ENOUGH_STEPS = 25;
/** Distilled models need one to eight steps; research on the sampler itself fixes the number. */
const FEW_STEP_MODEL = /turbo|lcm|lightning|schnell|hyper|distill|flash|ddpm|consistency/i;
const SAMPLER_CHOSEN =
  /DPMSolver|UniPC|LCMScheduler|DEISMultistep|EulerAncestral|HeunDiscrete|TCDScheduler|DDPMScheduler|DDIMInverse|invert|inversion|textual_inversion/;

export default defineRule<State>({
  meta: {
    id: 'diffusers-excess-steps',
    title: 'Fifty or more denoising steps where about 25 suffice',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['diffusers-excess-steps'],
    libraries: ['diffusers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || SAMPLER_CHOSEN.test(program.module.text)) return;
    for (const load of program.calls) {
      if (load.api?.returns !== 'diffusers.DiffusionPipeline' || !load.api.roles.includes('model-load')) continue;
      if (FEW_STEP_MODEL.test(namedModel(program, load)?.id ?? '') || isTrained(program, load, [])) continue;
      for (const run of program.methodCalls(load)) {
        const found = manySteps(program, load, run);
        if (found && !isUserChoice(program, found.expression)) yield report(program, { load, run, ...found });
      }
    }
  },

  effect({ state }, program): WorkloadChange {
    const id = namedModel(program, state.load)?.id;
    return {
      before: {
        kind: 'diffusion',
        unit: 'request',
        engine: 'diffusers',
        steps: state.steps,
        ...(id === undefined ? {} : { model: { id } }),
      },
      after: { steps: ENOUGH_STEPS },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = stepEdits(program, state);
    if (edits === undefined) return [];
    const callee = program.text(state.run.node.callee);
    return [
      {
        title: `Use ${ENOUGH_STEPS} steps`,
        safety: 'suggestion',
        edits,
        reason: `Look at the images: with ${callee}.scheduler = DPMSolverMultistepScheduler.from_config(${callee}.scheduler.config) 20 to 25 steps look like 50.`,
      },
    ];
  },
});

/** The number of steps of a call: given, or the default of 50 where the call serves requests or many items. */
function manySteps(
  program: Program,
  load: Call,
  run: Call,
): Pick<State, 'steps' | 'expression' | 'isDefault'> | undefined {
  if (run.api?.name !== 'diffusers.DiffusionPipeline.__call__') return undefined;
  const argument = run.argument('num_inference_steps');
  if (argument.kind === 'absent') {
    return hasDefaultOfFifty(program, load) && severityFor(scaleOf(program, run)) === 'warning'
      ? { steps: MANY_STEPS, expression: undefined, isDefault: false }
      : undefined;
  }
  if (argument.kind !== 'known') return undefined;
  const constant = program.constant(argument.value);
  if (constant.kind === 'known') return stepsOf(constant.value, argument.value, false);
  // Whoever moves a slider chooses.
  if (/\b[sS]lider\(/.test(program.module.text)) return undefined;
  return stepsOf(writtenDefault(program, argument.value), argument.value, true);
}

function stepsOf(
  value: unknown,
  expression: Expression,
  isDefault: boolean,
): Pick<State, 'steps' | 'expression' | 'isDefault'> | undefined {
  return typeof value === 'number' && value >= MANY_STEPS ? { steps: value, expression, isDefault } : undefined;
}

/** Stable Diffusion 1, 2 and XL take 50 steps when none are given (diffusers 0.40, pipeline_stable_diffusion.py). */
function hasDefaultOfFifty(program: Program, load: Call): boolean {
  const id = namedModel(program, load)?.id;
  const group = id === undefined ? undefined : findModel(id)?.group;
  return (
    group === 'sd' ||
    group === 'sdxl' ||
    /^diffusers\.StableDiffusion(XL)?(Img2Img|Inpaint)?Pipeline\./.test(load.name ?? '')
  );
}

/** A form field of a notebook (`#@param`) belongs to whoever runs it. */
function isUserChoice(program: Program, expression: Expression | undefined): boolean {
  if (expression === undefined) return false;
  const { text } = program.module;
  const end = text.indexOf('\n', expression.end);
  return (
    text.slice(expression.end, end < 0 ? text.length : end).includes('@param') ||
    (expression.kind !== 'literal' && text.includes('@param'))
  );
}

function stepEdits(program: Program, { expression, run }: State): readonly Edit[] | undefined {
  if (expression === undefined)
    return insertArgument(run.node, `num_inference_steps=${ENOUGH_STEPS}`, program.module.text);
  return expression.kind === 'literal' ? [{ span: expression, text: String(ENOUGH_STEPS) }] : undefined;
}

function report(program: Program, state: State): Hit<State> {
  const scale = scaleOf(program, state.run);
  // A caller may ask for fewer.
  const severity = state.isDefault ? 'information' : severityFor(scale);
  // Community pipelines accept only some schedulers.
  const isCustom = state.load.argument('custom_pipeline').kind !== 'absent';
  return {
    span: state.expression ?? state.run.node,
    severity,
    message: {
      what: `${state.steps} denoising steps run for each image${state.expression ? (state.isDefault ? ', unless the caller says otherwise' : '') : ', the default of the library'}.`,
      why: 'The energy of an image grows in step with this number, and multistep solvers reach the same quality in 20 to 25.',
      advice: isCustom ? `Try ${ENOUGH_STEPS} steps.` : `Set a DPMSolverMultistepScheduler and ${ENOUGH_STEPS} steps.`,
      ...(severity === 'warning' ? {} : { condition: 'The saving depends on how many images are made.' }),
    },
    related: [{ span: state.load.node, message: 'the pipeline is loaded here' }],
    state,
  };
}
