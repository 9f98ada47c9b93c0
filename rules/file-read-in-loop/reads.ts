import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

const PATH_BUILDERS =
  /^(os\.path\.(join|abspath|expanduser|realpath|normpath|dirname|basename)|os\.(fspath|getcwd|getenv)|os\.environ\.get|pathlib\.(Path|PurePath)(\.\w+)*|builtins\.str)$/;
/** Methods of a path that give another path without looking at the disk. */
const PATH_METHODS =
  /^(joinpath|with_suffix|with_name|resolve|absolute|expanduser|as_posix|format|strip|rstrip|replace)$/;
const WRITE_MODE = /[wax+]/;
/** Handles that several reads in a row consume. */
const CONSUMABLE =
  /^(f|fh|fp|fd|file|handle|buf|buffer|stream|reader|io|conn|sock|archive|zf|tar)$|(_|^)(file|handle|stream|buffer|fp|fh)(_|$)/i;

/** Methods of `pathlib.Path` that read the whole file. */
const WHOLE_READ = /^read_(text|bytes)$/;
/** Opens that read nothing yet: what is read later can be another part each time. */
const LAZY = new Set(['h5py.File', 'nibabel.load']);

/** True when the call reads a file whose place the text proves: a constant, or a path joined of such. */
export function readsFixedFile(program: Program, call: Call): boolean {
  if (readsJoinedPath(program, call)) return true;
  if (!call.api?.roles.includes('file-read') || LAZY.has(call.api.name)) return false;
  if (call.argument('mmap_mode').kind !== 'absent' || seeks(program, call)) return false;
  if (call.api.name === 'builtins.open' || call.api.name === 'pathlib.Path.open') {
    const mode = call.argument('mode');
    if (mode.kind === 'unknown') return false;
    if (mode.kind === 'known') {
      const constant = program.constant(mode.value);
      if (constant.kind !== 'known' || WRITE_MODE.test(String(constant.value))) return false;
    }
  }
  const path = pathOf(call);
  return path !== undefined && isPath(program, path, 0);
}

/** The function around the call jumps inside the file: each call reads another part of it. */
function seeks(program: Program, call: Call): boolean {
  if (call.api?.name !== 'builtins.open' && call.api?.name !== 'pathlib.Path.open') return false;
  const scope = call.place.function?.bodySpan ?? program.statement(call.node) ?? call.node;
  return /\.(seek|tell)\(/.test(program.text(scope));
}

/** `(folder / "table.csv").read_text()`: a division of a path is a path. */
function readsJoinedPath(program: Program, call: Call): boolean {
  const { callee } = call.node;
  if (call.api !== undefined || callee.kind !== 'attribute' || !WHOLE_READ.test(callee.name)) return false;
  return isPathObject(program, callee.object) && isPath(program, callee.object, 0);
}

function isPathObject(program: Program, expression: Expression): boolean {
  if (program.values(expression).some((value) => value.kind === 'instance' && value.type.startsWith('pathlib.')))
    return true;
  const [left] = expression.kind === 'operation' && expression.operator === '/' ? expression.operands : [];
  return left !== undefined && isPathObject(program, left);
}

/** Expression of the path that a call reads. */
export function pathOf(call: Call): Expression | undefined {
  const { callee } = call.node;
  if (callee.kind === 'attribute' && WHOLE_READ.test(callee.name)) return callee.object;
  if (call.api?.name.startsWith('pathlib.Path.')) return call.receiver;
  const [parameter] = call.api?.parameters ?? [];
  const argument = parameter === undefined ? undefined : call.argument(parameter);
  return argument?.kind === 'known' ? argument.value : undefined;
}

/** A string, a `Path`, or something built of them: never a handle, which a second read would continue. */
function isPath(program: Program, expression: Expression, depth: number): boolean {
  if (depth > 8) return false;
  const values = program.values(expression);
  if (values.every((value) => value.kind === 'constant' && typeof value.value === 'string')) return true;
  if (values.some((value) => value.kind === 'instance' && value.type.startsWith('io.'))) return false;
  switch (expression.kind) {
    case 'template':
      return true;
    case 'operation':
      return (
        (expression.operator === '+' || expression.operator === '/' || expression.operator === '%') &&
        expression.operands.some((part) => isPath(program, part, depth + 1))
      );
    case 'call':
      return isPathCall(program, expression, depth);
    case 'attribute':
      return !CONSUMABLE.test(expression.name) && /path|file_?name|dir|csv|root/i.test(expression.name);
    case 'name':
      return namesPath(program, expression.name, values, depth);
    default:
      return false;
  }
}

function isPathCall(program: Program, expression: Expression & { kind: 'call' }, depth: number): boolean {
  const call = program.callOf(expression);
  if (call?.name !== undefined && PATH_BUILDERS.test(call.name)) return true;
  const { callee } = expression;
  return callee.kind === 'attribute' && PATH_METHODS.test(callee.name) && isPath(program, callee.object, depth + 1);
}

/** A variable that holds a path, or a parameter whose name says so. */
function namesPath(program: Program, name: string, values: ReturnType<Program['values']>, depth: number): boolean {
  const produced = values.flatMap((value) => (value.kind === 'instance' && value.call ? [value.call] : []));
  if (produced.length > 0) return produced.every((call) => isPath(program, call, depth + 1));
  return /path|file_?name|csv/i.test(name) && !CONSUMABLE.test(name);
}
