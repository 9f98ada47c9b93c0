import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import { removeArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { formatArgumentEdits, torchFormatName } from '../shared/halfPrecision.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';
import type { State } from './state.ts';

const KEPT_FORMAT = {
  title: 'Keep the format that was loaded',
  safety: 'suggestion',
  reason: 'Results change in the third digit, and inputs have to be in the format of the weights.',
} as const;

/** The 16-bit format in the load, or no conversion behind it; nothing where the format comes from elsewhere. */
export function formatFix(program: Program, state: State): Fix | undefined {
  const { call, format, float32, upcast } = state;
  if (upcast) return keptFormat(upcast, program.module.text);
  const version = transformersVersion(program);
  const keyword = isAtLeast(version, '4.56') === 'yes' ? 'dtype' : 'torch_dtype';
  const edits = float32 ? replacedFormat(program, state, float32) : formatArgumentEdits(program, call, keyword, format);
  if (edits === undefined) return undefined;
  return {
    title: `Load in ${torchFormatName(format)}`,
    safety: 'suggestion',
    edits,
    reason: 'Results change in the third digit: compare the quality on your own data once.',
  };
}

/** `model = model.float()` without the conversion; a device that stands beside the format stays. */
function keptFormat({ node }: Call, text: string): Fix | undefined {
  const format = node.args.find(({ value }) => /float32$|\.float$/.test(text.slice(value.start, value.end)));
  if (format && node.args.length > 1) {
    const edit = removeArgument(node, format, text);
    return edit && { ...KEPT_FORMAT, edits: [edit] };
  }
  const end = node.callee.kind === 'attribute' ? node.callee.object.end : node.start;
  return { ...KEPT_FORMAT, edits: [{ span: { start: end, end: node.end }, text: '' }] };
}

/** Edits that write another format into the call; `undefined` where it comes from elsewhere. */
function replacedFormat(program: Program, { call, format }: State, float32: Expression): readonly Edit[] | undefined {
  const written = call.node.args.find(({ value }) => value === float32);
  const torch = importEdit(program.module, { module: 'torch', at: call.node.start });
  if (written === undefined || torch === undefined) return undefined;
  return [...torch.edits, replaceArgument(written, torchFormatName(format).replace('torch', torch.local))];
}
