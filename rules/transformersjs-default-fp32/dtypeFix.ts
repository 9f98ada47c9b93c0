import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import { insertArgument, insertProperty } from '../../src/core/fixes/callEdits.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { missingModule } from '../shared/missingModule.ts';
import { isPipeline } from '../shared/transformersJs.ts';

/** Puts `dtype` into the options of a Transformers.js load, and writes the options where there are none. */
export function dtypeFix(load: Call, dtype: string, program: Program): readonly Fix[] {
  const edits = dtypeEdits(load, dtype, program);
  if (!edits) return [];
  return [
    {
      title: `Load ${dtype} weights`,
      safety: 'suggestion',
      reason: `Outputs change slightly, and the model repository must hold the ${dtype} file.`,
      edits,
    },
  ];
}

function dtypeEdits(load: Call, dtype: string, program: Program): readonly Edit[] | undefined {
  const { module } = program;
  const unnamed = missingModule(load, program);
  if (unnamed) {
    // Other loads may read an object that stands elsewhere.
    if (!contains(load.node, unnamed.dtypes)) return undefined;
    const entry = `${unnamed.module}: ${quoted(dtype, module.text)}`;
    return insertProperty(unnamed.dtypes, entry, module.text, module.language);
  }
  const existing = load.argument('options.dtype');
  if (existing.kind === 'known') {
    const { start, end } = existing.value;
    return existing.value.kind === 'literal' ? [{ span: { start, end }, text: quoted(dtype, module.text) }] : undefined;
  }
  const entry = `dtype: ${quoted(dtype, module.text)}`;
  const position = isPipeline(load) ? 2 : 1;
  const { args } = load.node;
  if (args.some(({ spread }) => spread !== undefined)) return undefined;
  const options = args[position];
  if (options) return optionsEdits(options.value, entry, module.text, module.language);
  const missing = Array.from({ length: position - args.length }, () => 'undefined');
  return insertArgument(load.node, [...missing, `{ ${entry} }`].join(', '), module.text);
}

function optionsEdits(
  options: Expression,
  entry: string,
  text: string,
  language: Program['module']['language'],
): readonly Edit[] | undefined {
  if (options.kind === 'mapping') return insertProperty(options, entry, text, language);
  const isNothing = options.kind === 'literal' && options.value === null;
  return isNothing ? [{ span: { start: options.start, end: options.end }, text: `{ ${entry} }` }] : undefined;
}

function quoted(value: string, text: string): string {
  const doubles = text.match(/"/g)?.length ?? 0;
  const singles = text.match(/'/g)?.length ?? 0;
  return doubles > singles ? `"${value}"` : `'${value}'`;
}
