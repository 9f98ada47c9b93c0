import type { ReportModel } from '../report/reportModel.ts';
import { toHtml } from '../report/toHtml.ts';
import { toJson } from '../report/toJson.ts';
import { toMarkdown } from '../report/toMarkdown.ts';
import type { ExportFormat } from './panel/reportProtocol.ts';

const RENDERERS: Readonly<Record<ExportFormat, (report: ReportModel) => string>> = {
  html: toHtml,
  markdown: toMarkdown,
  json: toJson,
};

/** The text of an exported report. */
export function renderReport(report: ReportModel, format: ExportFormat): string {
  return RENDERERS[format](report);
}
