// Coordinate descent on named constants, pulled towards starting values so that a constant which the rows hardly determine stays
// physical. Deterministic.

/** Errors below this (8 %) count by their square, larger ones by their size. */
const SCALE = 0.08;
const RESTARTS = 2;
/** The starting values weigh as much as this share of the rows. */
const PULL = 0.01;

/**
 * `entries`: path in the constants, value pulled towards (`prior`), its log standard deviation (`sd`), an upper bound (`most`).
 * `lossOf(constants)`: mean loss over the rows. Descends from the priors, then again from what it found with long steps, so that the
 * answer depends on rows and priors alone: `start` only gives what is not fitted. Returns fitted constants, rounded to four digits.
 */
export function descend(entries, start, lossOf, rounds = 60) {
  let fit = descendFrom(
    entries.map(({ prior }) => prior),
    entries,
    start,
    lossOf,
    rounds,
  );
  for (let restart = 0; restart < RESTARTS; restart += 1)
    fit = descendFrom(valuesOf(entries, fit.constants), entries, fit.constants, lossOf, rounds);
  return fit.constants;
}

function descendFrom(from, entries, start, lossOf, rounds) {
  const constants = withValues(entries, start, from);
  const values = [...from];
  const steps = entries.map(() => 0.2);
  const total = () => lossOf(constants) + pullOf(entries, constants);
  let best = total();
  for (let round = 0; round < rounds && Math.max(...steps) > 0.002; round += 1) {
    entries.forEach((entry, index) => {
      for (const sign of [1, -1]) {
        const tried = values[index] * Math.exp(sign * steps[index]);
        if (tried > (entry.most ?? Infinity)) continue;
        write(constants, entry.path, tried);
        const found = total();
        if (found < best - 1e-9) {
          best = found;
          values[index] = tried;
          steps[index] *= 1.3;
          return;
        }
        write(constants, entry.path, values[index]);
      }
      steps[index] *= 0.6;
    });
  }
  entries.forEach((entry, index) => {
    write(constants, entry.path, Number(values[index].toPrecision(4)));
  });
  return { constants, loss: best };
}

/** The fitted values alone, in the order of `entries`. */
export function valuesOf(entries, constants) {
  return entries.map((entry) => read(constants, entry.path));
}

/** `start` with stored values in place of the fitted ones. */
export function withValues(entries, start, values) {
  const constants = structuredClone(start);
  entries.forEach((entry, index) => {
    write(constants, entry.path, values[index]);
  });
  return constants;
}

/** Pseudo-Huber of a log error. */
export function robust(error) {
  return Math.sqrt(1 + (error / SCALE) ** 2) - 1;
}

function pullOf(entries, constants) {
  const pull = entries.reduce(
    (sum, entry) => sum + (Math.log(read(constants, entry.path) / entry.prior) / entry.sd) ** 2,
    0,
  );
  return (PULL * pull) / 2;
}

function read(object, path) {
  return path.reduce((value, key) => value[key], object);
}

function write(object, path, value) {
  read(object, path.slice(0, -1))[path.at(-1)] = value;
}
