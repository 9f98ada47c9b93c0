import { rules } from '../../rules/registry.ts';
import { Analyzer } from '../core/engine/analyzer.ts';
import { type ParserBinaries, Parsers } from '../core/syntax/parsers.ts';
import { type PackedRequest, RequestUnpacker } from './packedRequest.ts';
import type { EnginePurpose, WorkerRequest, WorkerResponse } from './workerProtocol.ts';

/** What an engine is started from. */
export interface EngineStart {
  readonly binaries: ParserBinaries;
  readonly purpose: EnginePurpose;
}

/** What a worker's thread gives the engine: messages in both directions, and a way to end itself. */
export interface EnginePort {
  onRequest(listener: (request: PackedRequest) => void): void;
  respond(response: WorkerResponse): void;
  /** Ends the worker for good; the host starts another one. */
  end(reason: unknown): void;
}

/** Whoever types, types in few documents at a time. */
const OPEN_DOCUMENTS = 3;

interface LoadedEngine {
  readonly parsers: Parsers;
  readonly analyzer: Analyzer;
}

/** Reads the grammars once and answers one request after the other. The same in a thread of Node and in a browser's worker. */
export function serveEngine(start: Promise<EngineStart>, port: EnginePort): void {
  const engine = start.then(async ({ binaries, purpose }): Promise<LoadedEngine> => {
    const parsers = await Parsers.create(binaries);
    const kept = purpose.kind === 'run' ? { keepLowered: purpose.keepLowered } : { keepOpen: OPEN_DOCUMENTS };
    return { parsers, analyzer: new Analyzer({ parsers, rules, ...kept }) };
  });
  const unpacker = new RequestUnpacker();
  port.onRequest((packed) => {
    const request = unpacker.unpack(packed);
    // A failure to start ends the worker: the host restarts it once and then says why it stopped.
    engine.then((loaded) => answer(loaded, request, port)).then((response) => port.respond(response), port.end);
  });
}

async function answer(engine: LoadedEngine, { id, ...task }: WorkerRequest, port: EnginePort): Promise<WorkerResponse> {
  const { parsers, analyzer } = engine;
  try {
    if (task.kind === 'libraries') return { id, libraries: analyzer.libraries };
    const { input } = task;
    await parsers.prepare(input.kind === 'file' ? input.language : 'python');
    const response: WorkerResponse =
      task.kind === 'analyze'
        ? { id, result: analyzer.analyze(input, task.settings, task.link) }
        : { id, summary: analyzer.summarize(input) };
    // A broken WebAssembly memory never recovers in this thread.
    if (parsers.isBroken) port.end('the parser broke');
    return response;
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
