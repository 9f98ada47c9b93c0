import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Data sets of a few hundred rows, and data made up on the spot. */
const TOY =
  /^(sklearn\.datasets\.(load_(iris|digits|wine|breast_cancer|diabetes|boston|linnerud)|make_\w+)|keras\.datasets\.boston_housing\.load_data|numpy\.random\.(rand|randn|random|randint|normal|uniform|random_sample)|tensorflow\.random\.(normal|uniform))$/;

/** True when the training data are a toy set or random numbers, as far as the file tells: a lesson, not a workload. */
export function isToyData(program: Program, call: Call): boolean {
  if (
    program.calls.some((other) =>
      /^sklearn\.datasets\.(load_(iris|digits|wine|breast_cancer|diabetes|boston)|make_\w+)$|boston_housing/.test(
        other.name ?? '',
      ),
    )
  )
    return true;
  const [first] = call.node.args;
  if (first === undefined) return false;
  const origin = program.origin(first.value);
  if (origin && TOY.test(origin.name ?? '')) return true;
  const values = program.values(first.value);
  return values.length > 0 && values.every((value) => value.kind === 'collection');
}
