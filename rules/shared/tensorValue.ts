import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

const TENSOR = '@tensorflow/tfjs.Tensor';
const READS = new Set(['dataSync', 'data', 'arraySync', 'array', 'print', 'bufferSync', 'buffer']);
const RUNS = /^(predict|predictOnBatch|execute|executeAsync|apply)$/;

const MODEL = /(^|\.)(\w*[mM]odel|net)[?!]?$/;

/** A call whose result is a new tensor that somebody has to dispose of. */
export function makesTensor(call: Call, program: Program): boolean {
  return call.api?.returns === TENSOR || isModelByName(call, program);
}

/** `predict`, `execute`, `apply` of a model. */
export function runsModel(call: Call): boolean {
  return RUNS.test(methodName(call) ?? '');
}

/** `this.model.predict(tensor)`: the type of the field is not known, the argument is a tensor. */
function isModelByName(call: Call, program: Program): boolean {
  const { callee, args } = call.node;
  if (call.name !== undefined || callee.kind !== 'attribute' || !/^(predict|execute|executeAsync)$/.test(callee.name)) {
    return false;
  }
  const [input] = args;
  const source = input && program.origin(input.value);
  return MODEL.test(program.text(callee.object)) && source?.api?.returns === TENSOR;
}

/** How the code around a tensor takes it: copies its values out, computes with it, or may keep or free it. */
export type TensorUse = 'read' | 'computed' | 'shape' | 'other';

/** Gives new tensors in a list and leaves the old one to its owner. */
const TAKES_APART = /^@tensorflow\/tfjs\.Tensor\.(unstack|split)$/;

export function useOf(tensor: Expression, program: Program): TensorUse {
  const parent = program.parent(tensor);
  if (parent?.kind === 'attribute' && parent.object === tensor) {
    const call = program.parent(parent);
    if (call?.kind !== 'call' || call.callee !== parent) return isShape(parent.name) ? 'shape' : 'other';
    if (READS.has(parent.name)) return 'read';
    const method = program.callOf(call);
    return method && (makesTensor(method, program) || TAKES_APART.test(method.name ?? '')) ? 'computed' : 'other';
  }
  const holder = parent?.kind === 'sequence' ? program.parent(parent) : parent;
  if (holder?.kind !== 'call' || holder.callee === tensor) return 'other';
  const receiver = program.callOf(holder);
  if (!receiver) return 'other';
  return makesTensor(receiver, program) || isBorrowed(receiver, tensor, program) ? 'computed' : 'other';
}

/** Functions of the library that keep or free what they are given. */
const TAKES = /\.(keep|dispose|disposeVariables|variable|Variable)$/;

/** Own functions, of whatever file, that only compute with the tensor: it still belongs to the caller. */
function isBorrowed(call: Call, tensor: Expression, program: Program): boolean {
  const { methods, callees, isKept } = program.handling(call, tensor);
  if (isKept || methods.includes('dispose')) return false;
  return callees.every((name) => /^@tensorflow\/tfjs/.test(name) && !TAKES.test(name));
}

function isShape(name: string): boolean {
  return name === 'shape' || name === 'size' || name === 'rank' || name === 'dtype';
}
