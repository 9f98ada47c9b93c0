import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';

/** An engine without a model yet: it holds workers and a device. */
const ENGINES = /^@mlc-ai\/web-llm\.(MLCEngine|WebWorkerMLCEngine)$/;

/** `useState(new ChatUI(new MLCEngine()))`: React evaluates the argument on each render and keeps the first value. */
export function isStateInitialiser(load: Call, program: Program): boolean {
  return ENGINES.test(load.name ?? '') && initialValue(load, program) !== undefined;
}

/** Passes a function, which React calls on the first render alone. */
export function lazyStateFix(load: Call, program: Program): Fix | undefined {
  const value = initialValue(load, program);
  if (!value) return undefined;
  return {
    title: 'Make it on the first render only',
    safety: 'safe',
    edits:
      value.kind === 'mapping'
        ? [insert(value.start, '() => ('), insert(value.end, ')')]
        : [insert(value.start, '() => ')],
  };
}

function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}

/** The argument of `useState` that the engine is part of, unless a function in it makes the engine. */
function initialValue(load: Call, program: Program): Expression | undefined {
  const state = program.calls.find(
    ({ name, node }) => /^react\.(default\.)?useState$/.test(name ?? '') && contains(node, load.node),
  );
  const value = state?.node.args[0]?.value;
  return value && contains(value, load.node) && load.place.function === state.place.function ? value : undefined;
}
