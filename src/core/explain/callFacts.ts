import type { AnalysisDocument } from '../engine/document.ts';
import type { Call, Program } from '../semantics/program.ts';
import type { Range } from '../text/position.ts';
import type { Span } from '../text/span.ts';
import type { ArgumentFacts, CallFacts, CallLine } from './explanation.ts';
import { placeFacts } from './placeFacts.ts';
import { codeText, valueTexts } from './valueText.ts';
import { methodName } from './watchedProgram.ts';

/** Everything that the model knows of one call. */
export function callFacts(program: Program, call: Call, document: AnalysisDocument): CallFacts {
  const { node, name, api, receiver } = call;
  return {
    range: rangeOf(document, node),
    text: codeText(program, node),
    ...(name === undefined ? {} : { callee: name }),
    roles: api?.roles ?? [],
    ...(api ? { source: api.source } : {}),
    ...(receiver ? { receiver: valueTexts(program.values(receiver)) } : {}),
    arguments: parametersOf(call).map((parameter) => argumentFacts(program, call, parameter)),
    methods: program.methodCalls(call).map(methodName),
    uses: program
      .uses(call)
      .map(({ kind, call: user }) => (user ? `${kind} of ${user.name ?? 'an unknown call'}` : kind)),
    place: placeFacts(program, call.place, document),
  };
}

/** One line for a call of the file's list; only calls whose callee is known. */
export function callLine({ node, name, api }: Call, document: AnalysisDocument): readonly CallLine[] {
  const placed = document.place(node);
  if (name === undefined || !placed) return [];
  const cell = placed.cell === undefined ? {} : { cell: placed.cell };
  return [{ ...cell, range: placed.range, callee: name, roles: api?.roles ?? [] }];
}

/** Parameters of the signature, options that the call spells out, and keywords that the signature does not have. */
function parametersOf(call: Call): readonly string[] {
  const positional = call.node.args.filter(({ name, spread }) => name === undefined && spread === undefined);
  const signature =
    call.api?.parameters.filter((parameter) => /^\w/.test(parameter)) ??
    positional.map((_, index) => String(index + 1));
  const options = signature.flatMap((parameter) => {
    const argument = call.argument(parameter);
    const mapping = argument.kind === 'known' && argument.value.kind === 'mapping' ? argument.value : undefined;
    return mapping?.entries.flatMap(({ key }) => (key === undefined ? [] : [`${parameter}.${key}`])) ?? [];
  });
  const keywords = call.node.args.flatMap(({ name }) => name ?? []);
  return [...new Set([...signature, ...options, ...keywords])];
}

function argumentFacts(program: Program, call: Call, parameter: string): ArgumentFacts {
  const argument = /^\d+$/.test(parameter) ? positionalArgument(call, Number(parameter)) : call.argument(parameter);
  if (argument.kind !== 'known') return { parameter, answer: argument.kind };
  return {
    parameter,
    answer: 'known',
    text: codeText(program, argument.value),
    values: valueTexts(program.values(argument.value)),
  };
}

function positionalArgument(call: Call, position: number): ReturnType<Call['argument']> {
  const argument = call.node.args.filter(({ name, spread }) => name === undefined && spread === undefined)[
    position - 1
  ];
  return argument ? { kind: 'known', value: argument.value } : { kind: 'absent' };
}

function rangeOf(document: AnalysisDocument, span: Span): Range {
  return document.place(span)?.range ?? document.lines.range(span);
}
