import type { ClassDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { kerasParameters } from '../../src/core/semantics/networks/kerasNetwork.ts';
import { isTorchNetwork, torchParameters } from '../../src/core/semantics/networks/torchNetwork.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { codeText } from './codeText.ts';

/** A pass over fewer weights is over in some microseconds on any machine. */
const SMALL = 1e6;
/** Convolutions, recurrent layers and attention use each weight many times for one example. */
const SMALL_REUSED = 1e5;
const REUSES = /Conv|LSTM|GRU|RNN|Transformer|Attention/;

/** Most weights of the network that an expression holds, counted from its layers; `undefined` unless all of them are known. */
export function networkSize(program: Program, network: Expression): number | undefined {
  const made = program.origin(network);
  const keras = made && kerasParameters(program, made);
  if (keras !== undefined) return keras;
  const counts = program
    .values(network)
    .map((value) => (value.kind === 'object' ? torchParameters(program, value.definition, value.call) : undefined));
  return counts.every((count) => count !== undefined) ? Math.max(...counts) : undefined;
}

/** True when the layers prove a network too small for its training or inference to matter. */
export function isSmallNetwork(program: Program, network: Expression): boolean {
  return isSmall(program, networkSize(program, network));
}

/** True when every network that the file makes or loads is proved to be small. */
export function hasOnlySmallNetworks(program: Program): boolean {
  return program.once(onlySmallNetworks);
}

function onlySmallNetworks(program: Program): boolean {
  const isInClass = (node: Span): boolean => program.classes.some(({ bodySpan }) => contains(bodySpan, node));
  if (program.calls.some(({ api }) => api?.roles.includes('model-load'))) return false;
  if (program.calls.some(({ name, node }) => name === 'torch.nn.Sequential' && !isInClass(node))) return false;
  const networks = program.classes.filter((definition) => isTorchNetwork(program, definition));
  const counts = networks.flatMap((definition) => sizesOf(program, definition));
  return counts.length > 0 && counts.every((count) => isSmall(program, count));
}

/** One for each construction; as the defaults make it where the file constructs none. */
function sizesOf(program: Program, definition: ClassDefinition): readonly (number | undefined)[] {
  const made = program.calls.filter(({ node }) =>
    program.values(node.callee).some((value) => value.kind === 'class' && value.definition === definition),
  );
  if (made.length === 0) return [torchParameters(program, definition)];
  // A construction inside another network is counted with that one.
  const outside = made.filter(({ node }) => !program.classes.some(({ bodySpan }) => contains(bodySpan, node)));
  return outside.map(({ node }) => torchParameters(program, definition, node));
}

function isSmall(program: Program, count: number | undefined): boolean {
  return count !== undefined && count < (REUSES.test(codeText(program)) ? SMALL_REUSED : SMALL);
}
