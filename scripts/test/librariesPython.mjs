// The Python that can run fixed programs: the first one with torch, scikit-learn and pandas.

import { spawnSync } from 'node:child_process';
import { onPath } from '../lib/onPath.mjs';

/** Debian's own Python comes last: a version manager often puts one without the system's packages before it. */
const DEBIAN = '/usr/bin/python3';
const HAS_LIBRARIES =
  'import importlib.util as u, sys; sys.exit(any(u.find_spec(n) is None for n in ("torch", "sklearn", "pandas")))';

/** Its path; `undefined` where none has all three, and on Windows, where Python cannot fork. */
export function librariesPython() {
  if (process.platform === 'win32') return undefined;
  const chosen = process.env.GREEN_AI_LIBRARIES_PYTHON;
  const candidates = chosen ? [chosen] : [onPath(['python3']), DEBIAN];
  return candidates.find(
    (python) => python !== undefined && spawnSync(python, ['-c', HAS_LIBRARIES], { stdio: 'ignore' }).status === 0,
  );
}
