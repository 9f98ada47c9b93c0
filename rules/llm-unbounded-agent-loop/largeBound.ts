import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';

export interface LargeBound {
  readonly span: Span;
  readonly steps: string;
}

interface Bound {
  readonly callee: RegExp;
  /** Parameter, or the first argument. */
  readonly path: string | 0;
  readonly from: number;
}

/** Defaults: ai 7 20 steps, LangChain 15 iterations, LangGraph 25, openai `runTools` 10; OpenAI Agents 10 (their typings, 2025). */
const BOUNDS: readonly Bound[] = [
  { callee: /^ai\.(stepCountIs|isStepCount)$/, path: 0, from: 50 },
  { callee: /^ai\.(generate|stream)Text$/, path: 'options.maxSteps', from: 50 },
  { callee: /(^|\.)AgentExecutor(\.fromAgentAndTools|\.from_agent_and_tools)?$/, path: 'maxIterations', from: 51 },
  { callee: /(^|\.)AgentExecutor(\.from_agent_and_tools)?$/, path: 'max_iterations', from: 51 },
  { callee: /^@langchain\/langgraph[./].*\.(invoke|stream|streamEvents)$/, path: 'recursionLimit', from: 100 },
  { callee: /^openai\..*\.runTools$/, path: 'maxChatCompletions', from: 50 },
];

export function largeBound(call: Call, program: Program): LargeBound | undefined {
  for (const { callee, path, from } of BOUNDS) {
    if (!callee.test(call.name ?? '')) continue;
    const value = path === 0 ? call.node.args[0]?.value : valueAt(call, path);
    if (!value) continue;
    const constant = program.constant(value);
    const isEndless = /^(Number\.)?(Infinity|POSITIVE_INFINITY)$|^None$/.test(program.text(value));
    const isLarge = constant.kind === 'known' && typeof constant.value === 'number' && constant.value >= from;
    if (!isEndless && !isLarge) continue;
    return {
      span: { start: value.start, end: value.end },
      steps: isEndless ? 'any number of' : `${constant.kind === 'known' ? constant.value : ''}`,
    };
  }
  return undefined;
}

/** By keyword, by path, or in any object literal among the arguments. */
function valueAt(call: Call, path: string): Expression | undefined {
  const argument = call.argument(path);
  if (argument.kind === 'known') return argument.value;
  const key = path.split('.').at(-1);
  for (const { value } of call.node.args) {
    const entry = value.kind === 'mapping' ? value.entries.find((candidate) => candidate.key === key) : undefined;
    if (entry) return entry.value;
  }
  return undefined;
}
