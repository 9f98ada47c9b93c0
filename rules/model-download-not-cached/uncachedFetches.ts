import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';

const MODEL_FILE = /\.(onnx|gguf|tflite|task|safetensors|bin|npy|parquet|arrow)(\?[^'"`]*)?$/i;

/** `fetch('/model.onnx', { cache: 'no-store' })`: the option as it is written. */
export function uncachedFetches(program: Program): readonly Span[] {
  return program.calls.flatMap((call) => uncachedOption(call, program) ?? []);
}

function uncachedOption(call: Call, program: Program): Span | undefined {
  const { callee, args } = call.node;
  if (callee.kind !== 'name' || callee.name !== 'fetch') return undefined;
  const [url, options] = args;
  const address = url && program.constant(url.value);
  if (address?.kind !== 'known' || !MODEL_FILE.test(String(address.value)) || options?.value.kind !== 'mapping')
    return undefined;
  const entry = options.value.entries.find(({ key }) => key === 'cache');
  const mode = entry && program.constant(entry.value);
  // `no-cache` only asks whether the file has changed.
  return entry && mode?.kind === 'known' && /^(no-store|reload)$/.test(String(mode.value))
    ? { start: entry.start, end: entry.end }
    : undefined;
}
