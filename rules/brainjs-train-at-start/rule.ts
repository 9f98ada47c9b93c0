import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { methodName } from '../shared/devices.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';

export default defineRule<Call>({
  meta: {
    id: 'brainjs-train-at-start',
    title: 'Network trained from fixed data by a server',
    category: 'training-efficiency',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['brain-train-at-runtime'],
    libraries: ['brain.js'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || SAVES.test(program.module.text) || javascriptRuntime(program) !== 'node') return;
    for (const call of program.calls) {
      if (!/^train(Async)?$/.test(methodName(call) ?? '') || !isNetwork(call, program)) continue;
      const [data] = call.node.args;
      if (!data || dependsOnCaller(data.value, program)) continue;
      const isRequest = call.place.entryPoint?.kind === 'request';
      if (!isRequest && !(SERVES.test(program.module.text) && call.place.function === undefined)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: isRequest ? 'warning' : 'information',
        message: {
          what: `The network is trained from the same data ${isRequest ? 'for every request' : 'at every start of the server'}.`,
          why: 'brain.js runs up to 20,000 passes over the data before the first answer, and the result is thrown away at the end.',
          advice: 'Train once in a script, save `net.toJSON()`, and read it here with `net.fromJSON(…)`.',
          ...(isRequest
            ? {}
            : { condition: 'It depends on how often the server starts; serverless platforms start often.' }),
        },
        related: call.place.entryPoint ? [{ span: call.place.entryPoint, message: 'runs for every request' }] : [],
        state: call,
      };
    }
  },
});

const SAVES = /toJSON\(|fromJSON\(|toFunction\(|writeFile/;
const SERVES =
  /\.listen\(|createServer\(|\bexport (async )?function (GET|POST|handler)\b|export const handler|exports\.handler/;

function isNetwork(call: Call, program: Program): boolean {
  const maker = call.receiver && program.origin(call.receiver);
  return /^brain\.js(\.default)?\.(recurrent\.)?\w+$/.test(maker?.name ?? '') && maker?.node.isNew === true;
}
