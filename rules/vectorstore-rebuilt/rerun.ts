import type { EntryPoint } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import { isBuild } from './stores.ts';

/** A branch that a press of a button or the first pass takes, or that asks whether the work is done already. */
const ONCE =
  /session_state|button|not in|\bnot\b|is None|!=|cache|process|exist|hash|(?<!up)loaded|ready|changed|\bnew_/i;
/** What keeps a store from one run of the script to the next, wherever it stands. */
const KEPT =
  /save_local|load_local|load_index_from_storage|get_or_create_collection|CacheBackedEmbeddings|pickle\.dump|os\.path\.(exists|isdir|isfile)|\.exists\(\)|session_state[.[]["']?\w*(vector|store|index|db|retriev|chain|qa|embed|knowledge|doc)/i;
const PRESSED = /(\w+)\s*=\s*[\w.]*button\(/g;

export interface RebuiltStore {
  readonly call: Call;
  readonly entry: EntryPoint;
}

/** A store that a Streamlit script builds on each of its runs, although the documents are the ones of the run before. */
export function rebuiltOnRerun(program: Program): RebuiltStore | undefined {
  if (KEPT.test(program.module.text)) return undefined;
  for (const call of program.calls) {
    const { entryPoint, isMemoised } = call.place;
    if (entryPoint?.kind !== 'rerun' || entryPoint.steps || isMemoised || !isBuild(call)) continue;
    if ([call.node, ...entryPoint.via].some((place) => isOnce(program, place))) continue;
    return { call, entry: entryPoint };
  }
  return undefined;
}

function isOnce(program: Program, place: Span): boolean {
  const pressed = [...program.module.text.matchAll(PRESSED)].flatMap(([, name]) => name ?? []);
  return enclosing(program.module, place).statements.some((statement) => {
    if (statement.kind !== 'if') return false;
    const test = program.text(statement.test);
    return ONCE.test(test.replace(/\bis not None\b/g, '')) || pressed.some((name) => isNamed(test, name));
  });
}

function isNamed(test: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(test);
}
