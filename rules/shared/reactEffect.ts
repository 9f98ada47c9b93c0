import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';

const EFFECT = /^(react|preact\/hooks)(\.default)?\.use(Layout)?Effect$/;

/** The `useEffect(…)` of React whose function holds a call. */
export function effectAround(call: Call, program: Program): Call | undefined {
  return program.calls.find(({ name, node }) => EFFECT.test(name ?? '') && contains(node, call.node));
}
