import type { ReportModel } from './reportModel.ts';

/** The model as it is, indented for people. */
export function toJson(report: ReportModel): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
