import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';

const WRITE_MODE = /[wax+]/;
/** Calls after which a file may hold something else. */
const WRITERS =
  /^(to_(csv|parquet|pickle|json|excel|feather|hdf)|dump|save|savez|savetxt|imwrite|write|writelines|write_text|write_bytes|unlink|remove|rename|replace|copy2?|copyfile|move|urlretrieve|download\w*|run|system|popen|check_call|check_output|sleep|extractall)$/i;

/** The calls of a file that may change files, or wait for them to change: looked for once per file. */
export class FileChanges {
  private readonly places: readonly Span[];

  constructor(program: Program) {
    this.places = program.calls.filter(changesFiles).map(({ node }) => node);
  }

  isIn(span: Span): boolean {
    return this.places.some((place) => contains(span, place));
  }
}

function changesFiles(call: Call): boolean {
  const name = methodName(call) ?? (call.node.callee.kind === 'name' ? call.node.callee.name : '');
  if (WRITERS.test(name)) return true;
  if (name !== 'open') return false;
  const mode = call.constantArgument('mode');
  return mode.kind === 'unknown' || (mode.kind === 'known' && WRITE_MODE.test(String(mode.value)));
}
