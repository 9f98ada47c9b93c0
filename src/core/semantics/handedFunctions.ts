import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { Evaluator } from './evaluator.ts';
import { iterationOf } from './iteration.ts';

/** Python callables that run the function at the given position (`keyword` where they take it by name). */
const RUNNERS: readonly { readonly name: RegExp; readonly position: number; readonly keyword?: string }[] = [
  {
    name: /^(asyncio\.to_thread|(fastapi|starlette)\.concurrency\.run_in_threadpool|(anyio|trio)\.to_thread\.run_sync|asgiref\.sync\.sync_to_async|joblib\.delayed|builtins\.(map|filter))$/,
    position: 0,
  },
  {
    name: /^(concurrent\.futures\.(\w+\.)?(Thread|Process)PoolExecutor|multiprocessing\.(pool\.)?(Thread)?Pool)\.(submit|map|imap\w*|starmap\w*|apply\w*)$/,
    position: 0,
  },
  {
    name: /^((fastapi|starlette)\.(background\.)?BackgroundTasks\.add_task|starlette\.background\.BackgroundTask)$/,
    position: 0,
  },
  { name: /^(threading\.(Thread|Timer)|multiprocessing\.Process)$/, position: 1, keyword: 'target' },
  { name: /(^|\.)run_in_executor$/, position: 1 },
];
/** Methods of arrays and promises, and timers, that run a function they are given. */
const SCRIPT_RUNNERS =
  /^(map|forEach|flatMap|filter|reduce|some|every|find|findIndex|then|catch|finally|setTimeout|setImmediate|queueMicrotask|nextTick)$/;

/**
 * Arguments by which a call gets a function that it runs: `asyncio.to_thread(work, x)`, `items.map(embed)`. A function that is written
 * out inside the call is part of the code around it already.
 */
export function handedFunctions(evaluator: Evaluator, call: CallExpression): readonly Expression[] {
  return candidates(evaluator, call).flatMap((expression) => {
    if (expression.kind === 'function') return [];
    if (expression.kind !== 'call') return [expression];
    const [bound] = evaluator.calleeName(expression) === 'functools.partial' ? expression.args : [];
    return bound ? [bound.value] : [];
  });
}

/** The functions of this module among them. */
export function handedDefinitions(evaluator: Evaluator, call: CallExpression): readonly FunctionDefinition[] {
  return handedFunctions(evaluator, call).flatMap((expression) =>
    evaluator.values(expression).flatMap((value) => (value.kind === 'function' ? [value.definition] : [])),
  );
}

function candidates(evaluator: Evaluator, call: CallExpression): readonly Expression[] {
  const { callee, args } = call;
  if (args.length === 0) return [];
  const iterable = iterationOf(call, evaluator)?.iterable;
  if (iterable)
    return args
      .filter(({ value, spread }) => value !== iterable && !spread)
      .slice(0, 1)
      .map(({ value }) => value);
  if (!evaluator.isPython) {
    const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
    return SCRIPT_RUNNERS.test(name) ? args.slice(0, 1).map(({ value }) => value) : [];
  }
  const name = evaluator.calleeName(call) ?? (callee.kind === 'attribute' ? callee.name : '');
  const runner = RUNNERS.find((candidate) => candidate.name.test(name));
  if (!runner) return [];
  const named = args.find((argument) => argument.name !== undefined && argument.name === runner.keyword);
  const positional = args.filter((argument) => argument.name === undefined && argument.spread === undefined);
  const argument = named ?? positional[runner.position];
  return argument ? [argument.value] : [];
}
