import type { ImportStatement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import { isTfjsNetwork, tfjsParameters } from '../../src/core/semantics/networks/tfjsNetwork.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isInHandler } from '../shared/conditional.ts';
import { enclosing } from '../shared/enclosing.ts';
import type { TensorFlowImport } from '../shared/tensorflowJs.ts';

const CPU = /(^|\/)@tensorflow\/tfjs-backend-cpu(@[^/]*)?(\/dist\/(base|index)(\.js)?)?$/;
/** Packages that bring a faster backend, the whole library among them. */
const FASTER = /(^|\/)@tensorflow\/tfjs((-node|-node-gpu|-react-native|-backend-(?!cpu)\w+)?)(@[^/]*)?(\/|$)/;
/** A pass over fewer weights is over sooner than another backend has started. */
const TINY = 10_000;

/** The one call in the file that chooses a backend, where that is the plain one for all that the program does. */
export function onlyChoice(program: Program): Call | undefined {
  const choices = program.calls.filter(({ node: { callee } }) =>
    callee.kind === 'attribute' ? callee.name === 'setBackend' : false,
  );
  const [call, ...others] = choices.length > 0 ? choices : program.calls.filter(isSetBackend);
  // Another choice, or a backend that is put back, means that this one holds for a part only.
  if (!call || others.length > 0 || !isCpu(call, program) || /getBackend\(|removeBackend\(/.test(program.module.text))
    return undefined;
  return isFallback(call, program) ? undefined : call;
}

/** The import of the plain backend, where the file imports no other and lets nothing else choose. */
export function onlyImport(program: Program, { modules }: TensorFlowImport): ImportStatement | undefined {
  if (modules.some((name) => FASTER.test(name)) || /setBackend\(|registerBackend\(/.test(program.module.text))
    return undefined;
  for (const { node } of walk(program.module.body)) if (node.kind === 'import' && CPU.test(node.module)) return node;
  return undefined;
}

/** True where every network of the file is built in it, of so few weights that the backend does not matter. */
export function hasOnlyTinyNetworks(program: Program, { modules }: TensorFlowImport): boolean {
  if (program.calls.some(({ api }) => api?.roles.includes('model-load'))) return false;
  if (modules.some((name) => name.includes('tensorflow-models')) || program.module.text.includes('@tensorflow-models/'))
    return false;
  const networks = program.calls.filter(isTfjsNetwork);
  return networks.length > 0 && networks.every((made) => (tfjsParameters(program, made) ?? TINY) < TINY);
}

function isSetBackend(call: Call): boolean {
  return /^@tensorflow\/tfjs[\w-]*(\.default)?\.setBackend$/.test(call.name ?? '');
}

function isCpu(call: Call, program: Program): boolean {
  const [backend] = call.node.args;
  const value = isSetBackend(call) && backend ? program.constant(backend.value) : undefined;
  return value?.kind === 'known' && value.value === 'cpu';
}

/** In a `catch`, after a test, or in the callback of one: what is left when the others fail. */
function isFallback(call: Call, program: Program): boolean {
  const { statements } = enclosing(program.module, call.node);
  if (/\.catch\(|\|\||\?\?|\?[^.]/.test(program.text(program.statement(call.node) ?? call.node))) return true;
  return isInHandler(program, call.node) || statements.some(({ kind }) => kind === 'if' || kind === 'match');
}
