import { defineRule } from '../../src/core/engine/rule.ts';
import type { Span } from '../../src/core/text/span.ts';
import { endlessToolLoop } from './endlessToolLoop.ts';
import { largeBound } from './largeBound.ts';

interface Unbounded {
  readonly span: Span;
}

export default defineRule<Unbounded>({
  meta: {
    id: 'llm-unbounded-agent-loop',
    title: 'Agent without a useful limit of steps',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['llm-unbounded-agent-loop', 'llm-agent-unbounded'],
    libraries: [
      'openai',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      'ai',
      'langchain',
      '@langchain/classic',
      '@langchain/langgraph',
      'langgraph',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    // Agents that write code work in many steps by design.
    if (program.isTestOrBenchmark || CODING.test(program.path)) return;
    for (const call of program.calls) {
      const loop = endlessToolLoop(call, program);
      const bound = loop ? undefined : largeBound(call, program);
      const span = loop ? { start: call.node.start, end: call.node.callee.end } : bound?.span;
      if (!span) continue;
      yield {
        span,
        severity: 'hint',
        message: {
          what: loop
            ? 'Only the model decides when this loop of tool calls ends.'
            : `The agent may take ${bound?.steps ?? ''} steps before it is stopped.`,
          why: 'Every step sends the whole conversation again, so that a model that goes in circles costs more with every turn.',
          advice:
            'Limit the steps to what the task needs (10 to 20 are common) and say in the last one that it has to answer.',
          condition: 'It costs only when an agent does not come to an end.',
        },
        related: loop ? [{ span: loop, message: 'Endless loop' }] : [],
        state: { span },
      };
    }
  },
});

const CODING = /(^|\/)(cli|coder|coding|swe|code-?agent)(\/|-|\.)/i;
