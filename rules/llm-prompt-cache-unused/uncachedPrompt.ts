import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { shortestCachedPrompt } from '../../src/knowledge/models/shortestCachedPrompt.ts';
import { hostedForm } from '../shared/hostedForm.ts';
import { hostedModel } from '../shared/hostedRequest.ts';
import { CHARACTERS_PER_TOKEN, promptParts } from '../shared/promptParts.ts';
import { writtenSource } from '../shared/writtenSource.ts';

export interface UncachedPrompt {
  readonly model: string;
  /** The instructions as they are handed over, where a mark can be put on them. */
  readonly system?: Expression;
  /** Length of the constant beginning: tools and instructions. */
  readonly characters: number;
}

/** A request to a model of Anthropic whose constant beginning is long enough for its cache. */
export function uncachedPrompt(call: Call, program: Program): UncachedPrompt | undefined {
  const found = hostedForm(call, program);
  const isAnthropic = /nthropic.*messages\./.test(call.api?.name ?? '');
  if (!found || !(isAnthropic || call.api?.name.startsWith('ai.') === true)) return undefined;
  const model = hostedModel(call, found.at, program);
  const least = model?.isCertain ? shortestCachedPrompt(model.id) : undefined;
  if (!model || least === undefined) return undefined;
  const system = call.argument(`${found.at}system`);
  // The request may hold a mark that this file does not show.
  if (system.kind !== 'known' || hasHiddenPart(call, found.at)) return undefined;
  const characters = toolCharacters(call, found.at, program) + leadingConstant(system.value, program);
  if (characters / CHARACTERS_PER_TOKEN < least) return undefined;
  return { model: model.id, characters, ...(isAnthropic ? { system: system.value } : {}) };
}

function hasHiddenPart(call: Call, at: string): boolean {
  return ['cache_control', 'providerOptions', 'extra_body'].some((name) => call.argument(at + name).kind !== 'absent');
}

/** Characters before the first part that may change. */
function leadingConstant(system: Expression, program: Program): number {
  let characters = 0;
  for (const part of promptParts(system, program)) {
    if (typeof part !== 'string') break;
    characters += part.length;
  }
  return characters;
}

/** Names and descriptions of tools that are written out; tools come before the instructions. */
function toolCharacters(call: Call, at: string, program: Program): number {
  const tools = call.argument(`${at}tools`);
  if (tools.kind !== 'known') return 0;
  const source = writtenSource(tools.value, program);
  if (source.kind !== 'sequence' && source.kind !== 'mapping') return 0;
  let characters = 0;
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind === 'literal' && typeof node.value === 'string') characters += node.value.length;
  }
  return characters;
}
