import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { shortestCachedPrompt } from '../../src/knowledge/models/shortestCachedPrompt.ts';
import { CHARACTERS_PER_TOKEN, promptParts } from '../shared/promptParts.ts';
import { writtenSource } from '../shared/writtenSource.ts';
import { type CacheMark, cacheableRequest } from './cacheForms.ts';

export interface UncachedPrompt {
  readonly mark: CacheMark;
  readonly model: string;
  /** The instructions as they are handed over, where a mark can be put on them. */
  readonly system: Expression;
  /** Length of the constant beginning: tools and instructions. */
  readonly characters: number;
}

/** A request to a model of Anthropic whose constant beginning is long enough for its cache. */
export function uncachedPrompt(call: Call, program: Program): UncachedPrompt | undefined {
  const request = cacheableRequest(call, program);
  const least = request && shortestCachedPrompt(request.model);
  if (!request || least === undefined) return undefined;
  const { mark, model, system, tools } = request;
  const characters = (tools ? toolCharacters(tools, program) : 0) + leadingConstant(system, program);
  return characters / CHARACTERS_PER_TOKEN < least ? undefined : { mark, model, system, characters };
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
function toolCharacters(tools: Expression, program: Program): number {
  const source = writtenSource(tools, program);
  if (source.kind !== 'sequence' && source.kind !== 'mapping') return 0;
  let characters = 0;
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind === 'literal' && typeof node.value === 'string') characters += node.value.length;
  }
  return characters;
}
