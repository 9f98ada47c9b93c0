import type { Edit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import { insertElement } from '../../src/core/fixes/insertElement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { callbacksOf } from './callbacks.ts';

/** Edits that add `EarlyStopping` to the callbacks of a training; `undefined` where the list cannot be written to. */
export function earlyStoppingEdits(program: Program, call: Call): readonly Edit[] | undefined {
  const module = callbacksModule(program);
  const stopping = importEdit(program.module, { module, name: 'EarlyStopping', at: call.node.start });
  if (stopping === undefined) return undefined;
  const created = `${stopping.local}(monitor="val_loss", patience=5, restore_best_weights=True)`;
  const callbacks = callbacksOf(call);
  const { text } = program.module;
  if (callbacks === undefined) return [...stopping.edits, ...insertArgument(call.node, `callbacks=[${created}]`, text)];
  if (callbacks === 'unknown') return undefined;
  const [value] = program.values(callbacks);
  const list = value?.kind === 'collection' ? value.node : callbacks;
  if (list.kind !== 'sequence' || list.form !== 'list') return undefined;
  return [...stopping.edits, ...insertElement(text, list, list.elements.at(-1), created)];
}

/** The Keras that the file uses: its own package, or TensorFlow's. */
function callbacksModule(program: Program): string {
  const { text } = program.module;
  if (/\bfrom tf_keras\b|\bimport tf_keras\b/.test(text)) return 'tf_keras.callbacks';
  if (/^\s*(from|import) keras\b/m.test(text)) return 'keras.callbacks';
  return 'tensorflow.keras.callbacks';
}
