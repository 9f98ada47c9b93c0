import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import { insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { lineBreakOf } from '../../src/core/text/layout.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import type { TrainingCall } from './trainingCall.ts';

/**
 * Adds the callback. An array that mixes it with a plain object throws in TensorFlow.js 4.22, in either order, so a plain
 * object becomes a `CustomCallback`.
 */
export function earlyStoppingFix(training: TrainingCall, program: Program): Fix | undefined {
  const { options, callbacks, isValidated, call } = training;
  const tf = tensorFlowImport(program)?.namespace;
  const isFit = call.node.args.length === 3;
  if (tf === undefined || (!isValidated && !isFit)) return undefined;
  // `validationSplit: 0` stands there already: what to hold out instead is for the author to say.
  if (!isValidated && options.entries.some(({ key }) => /^validation/.test(key ?? ''))) return undefined;
  const { text, language } = program.module;
  const stopping = `${tf}.callbacks.earlyStopping({ monitor: 'val_loss', patience: 5 })`;
  const split = isValidated ? [] : ['validationSplit: 0.1'];
  const reason =
    'Training may end before the last epoch, with the weights of the epoch it ends at; `patience` has to suit how noisy the loss is.';
  const fix = { title: 'Stop when the validation loss no longer falls', safety: 'suggestion' as const, reason };
  const newLine = isMultiline(options, text) ? `${lineBreakOf(text)}${indentation(options, text)}` : undefined;
  if (!callbacks) {
    const entry = [...split, `callbacks: ${stopping}`].join(newLine === undefined ? ', ' : `,${newLine}`);
    return { ...fix, edits: insertProperty(options, entry, text, language) };
  }
  if (callbacks.value.kind !== 'mapping' || program.text(callbacks).trim() === 'callbacks') return undefined;
  const custom = `new ${tf}.CustomCallback(${deeper(program.text(callbacks.value), newLine)})`;
  const list =
    newLine === undefined ? `[${stopping}, ${custom}]` : `[${newLine}  ${stopping},${newLine}  ${custom},${newLine}]`;
  const added = split.map((entry) => `${entry},${newLine ?? ' '}`).join('');
  const edits: Edit[] = [
    ...(added === '' ? [] : [{ span: { start: callbacks.start, end: callbacks.start }, text: added }]),
    { span: { start: callbacks.value.start, end: callbacks.value.end }, text: list },
  ];
  return { ...fix, edits };
}

/** Lines after the first one move in with the list around them. */
function deeper(source: string, newLine: string | undefined): string {
  return newLine === undefined || source.includes('`') ? source : source.replace(/\n(?=[^\r\n])/g, '\n  ');
}

function isMultiline({ entries }: TrainingCall['options'], text: string): boolean {
  const [first] = entries;
  return first !== undefined && /\n[ \t]*$/.test(text.slice(0, first.start));
}

function indentation({ entries }: TrainingCall['options'], text: string): string {
  return /[ \t]*$/.exec(text.slice(0, entries.at(-1)?.start ?? 0))?.[0] ?? '';
}
