import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { usesCuda } from '../shared/cudaUse.ts';
import { methodName } from '../shared/devices.ts';
import { namedModel } from '../shared/namedModels.ts';

/** What measures energy, or logs the power of the GPU. */
const TRACKERS =
  /codecarbon|carbontracker|eco2ai|\bzeus\b|pyJoules|pyRAPL|experiment_impact_tracker|nvidia-smi|nvmlDeviceGet\w*(Power|Energy)|wandb|mlflow|comet_ml|report_to/i;
const PACKAGES = ['codecarbon', 'carbontracker', 'eco2ai', 'zeus-ml', 'wandb', 'experiment-impact-tracker', 'pyjoules'];

export default defineRule<Call>({
  meta: {
    id: 'carbon-tracking-missing',
    title: 'Training whose energy nobody measures',
    category: 'carbon-awareness',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['carbon-tracking-missing'],
    libraries: ['torch', 'transformers', 'keras', 'tensorflow', 'lightning', 'pytorch_lightning'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || program.path.endsWith('.ipynb') || TRACKERS.test(program.module.text)) return;
    if (PACKAGES.some((name) => program.environment.versions.version(name).kind === 'known')) return;
    if (!/__name__\s*==\s*["']__main__["']/.test(program.module.text)) return;
    const training = program.calls.find((call) => isTraining(program, call));
    if (training) yield report(training);
  },
});

/** A Trainer over a model that the text names, or a backward pass in a loop over epochs on a GPU. */
function isTraining(program: Program, call: Call): boolean {
  if (call.api?.name === 'transformers.Trainer.train')
    return program.calls.some(
      (load) => load.api?.roles.includes('model-load') === true && namedModel(program, load) !== undefined,
    );
  if (methodName(call) !== 'backward' || !usesCuda(program)) return false;
  return call.place.loops.some(({ purpose }) => purpose === 'epochs');
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'hint',
    message: {
      what: 'Nothing in this file or the manifests around it measures what the training consumes.',
      why: 'Without a figure nobody can compare two trainings or report what one has cost.',
      advice:
        'Wrap it: `with EmissionsTracker(project_name="…"):` of codecarbon; the Hugging Face Trainer takes `report_to="codecarbon"`.',
      condition: 'It saves nothing by itself, and another file of the project may measure.',
    },
    related: [],
    state: call,
  };
}
