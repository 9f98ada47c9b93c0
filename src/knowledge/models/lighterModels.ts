import { lighterHostedModels } from './findHostedModel.ts';
import { findModel } from './findModel.ts';
import data from './lighterModels.json';
import { normaliseModelId } from './normaliseModelId.ts';
import { openModels } from './openModels.ts';

/** A smaller model for the same job. */
export interface LighterModel {
  readonly id: string;
  /** Absent for hosted models, whose size nobody publishes. */
  readonly parameters?: number;
  /** What is lost, as published. */
  readonly note: string;
  readonly source: string;
}

const MOST = 3;
/** A sibling counts as lighter below this share of the parameters (or of the active ones). */
const LIGHTER_SHARE = 0.62;

/** One to three lighter models than `id`, the recommended one first; empty where none is known. `task` (a transformers pipeline task) narrows the siblings. */
export function lighterModels(id: string, task?: string): readonly LighterModel[] {
  const model = findModel(id);
  if (!model) return [];
  if (model.hosted) {
    return lighterHostedModels(id)
      .slice(0, MOST)
      .map((lighter) => ({
        id: lighter,
        note: `smaller class of ${model.hosted?.provider}; check the quality on your task`,
        source: 'provider price list 2025',
      }));
  }
  const wanted = normaliseModelId(id);
  const found = new Map<string, LighterModel>();
  for (const entry of data.entries) {
    if (entry.from !== wanted.name && entry.from !== wanted.base) continue;
    const parameters = findModel(entry.to)?.parameters;
    found.set(entry.to, {
      id: entry.to,
      note: entry.note,
      source: entry.source,
      ...(parameters === undefined ? {} : { parameters }),
    });
  }
  const siblings = openModels
    .filter(
      (other) =>
        other.group !== undefined && other.group === model.group && (task === undefined || other.task === model.task),
    )
    .filter((other) => other.activeParameters <= LIGHTER_SHARE * model.activeParameters)
    .sort((a, b) => b.activeParameters - a.activeParameters);
  const shapes = new Set([...found.values()].map((lighter) => lighter.parameters));
  for (const sibling of siblings) {
    if (found.size >= MOST) break;
    if (found.has(sibling.id) || shapes.has(sibling.parameters)) continue;
    shapes.add(sibling.parameters);
    found.set(sibling.id, {
      id: sibling.id,
      parameters: sibling.parameters,
      note: 'same family, fewer parameters; quality falls with size, check it on your task',
      source: sibling.source,
    });
  }
  return [...found.values()].slice(0, MOST);
}
