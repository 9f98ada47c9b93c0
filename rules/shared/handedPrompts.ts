import type { Call, Program } from '../../src/core/semantics/program.ts';
import { argumentFor } from './argumentFor.ts';
import { readNames } from './expressionNames.ts';
import { hostedForm } from './hostedForm.ts';
import { type HostedRequest, hostedRequest } from './hostedRequest.ts';
import { HOLE, promptText } from './promptText.ts';

/** Requests that one place makes: more than one where callers in other files hand over different prompts. */
type RequestsOfPlace = readonly [HostedRequest, ...HostedRequest[]];

/**
 * The request of a call, and those that the callers of the function around it make with prompts of their own: `ask('Is this …')` for
 * `ask(prompt)`. Callers in other files count together, since the file does not show them, and only where each hands over text that
 * can be read.
 */
function requestsThrough(call: Call, program: Program): readonly RequestsOfPlace[] {
  const request = hostedRequest(call, program);
  if (!request) return [];
  const owner = call.place.function;
  const parameter = owner && handedParameter(request, program);
  if (!owner || parameter === undefined) return [[request]];
  const withPrompt = (text: string, site: Call): HostedRequest => ({
    ...request,
    site,
    prompt: request.prompt.replace(HOLE, () => text),
  });
  const here = program.callsTo(owner).flatMap((site): RequestsOfPlace[] => {
    const argument = argumentFor(site, owner, parameter);
    const text = argument && promptText(argument.value, program);
    return text?.includes(HOLE) ? [[withPrompt(text, site)]] : [];
  });
  const elsewhere = program.callerValues(owner, parameter).map((value) => {
    return value.kind === 'unknown' ? value.template : undefined;
  });
  const [first, ...others] = elsewhere.flatMap((text) => (text?.includes(HOLE) ? [withPrompt(text, call)] : []));
  const isEveryCaller =
    first !== undefined && others.length + 1 === elsewhere.length && program.callsTo(owner).length === 0;
  return [[request], ...here, ...(isEveryCaller ? [[first, ...others] as const] : [])];
}

/**
 * The requests of a call for which `answerOf` gives something: its own, else those of the callers of the function around it. Callers
 * in other files count where it gives something for each of them.
 */
export function requestsWith<Answer>(
  call: Call,
  program: Program,
  answerOf: (request: HostedRequest) => Answer | undefined,
): readonly (readonly [HostedRequest, Answer])[] {
  const found = requestsThrough(call, program).flatMap((requests): (readonly [HostedRequest, Answer])[] => {
    const answers = requests.map(answerOf);
    const [answer] = answers;
    return answer !== undefined && !answers.includes(undefined) ? [[requests[0], answer]] : [];
  });
  const own = found.find(([{ site }]) => site === call);
  return own ? [own] : found;
}

/** The one parameter of the function around a request that fills the one hole of its prompt. */
function handedParameter({ call, prompt }: HostedRequest, program: Program): string | undefined {
  const found = hostedForm(call, program);
  if (!found || prompt.split(HOLE).length !== 2) return undefined;
  const parameters = new Set(
    call.place.function?.parameters.flatMap(({ target }) => (target.kind === 'name' ? [target.name] : [])),
  );
  const names = new Set<string>();
  for (const part of found.form.text) {
    const argument = call.argument(found.at + part);
    if (argument.kind !== 'known') continue;
    for (const name of readNames(argument.value)) if (parameters.has(name)) names.add(name);
  }
  const [name, ...others] = names;
  return others.length === 0 ? name : undefined;
}
