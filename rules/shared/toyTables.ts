import type { Program } from '../../src/core/semantics/program.ts';

const TOY_DATA = /^sklearn\.datasets\.(load_(iris|digits|wine|breast_cancer|diabetes|boston|linnerud)|make_\w+)$/;
/** Tables of some hundred rows that every course uses, by their names and columns. */
const TOY_TABLES = /titanic|\bSibSp\b|\bPclass\b|\biris\b|pima|indians-diabetes|heart\.csv|SepalLength|winequality/i;

/** True when the file works on a table of some hundred rows that courses use, or on generated ones. */
export function usesToyTable(program: Program): boolean {
  return TOY_TABLES.test(program.module.text) || program.calls.some((call) => TOY_DATA.test(call.name ?? ''));
}
