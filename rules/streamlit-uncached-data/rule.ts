import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import { reindent } from '../../src/core/fixes/reindent.ts';
import type { EntryPoint } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { indentationUnit, lineBreakOf } from '../../src/core/text/layout.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { pathOf, readsFixedFile } from '../file-read-in-loop/reads.ts';
import { enclosing } from '../shared/enclosing.ts';
import { externalSteps } from '../shared/externalSteps.ts';
import { freeName, isReadableAtModuleLevel, topLevelOffset } from '../shared/moduleScope.ts';
import { isTableRead } from '../shared/tableReads.ts';

interface State {
  readonly call: Call;
  readonly entry: EntryPoint;
}

/** Branches that a person asks for once, or that run on the first pass alone. */
const ONCE = /session_state|\bbutton\(|form_submit_button|file_uploader|download_button|checkbox\(/;

export default defineRule<State>({
  meta: {
    id: 'streamlit-uncached-data',
    title: 'Streamlit app reads its data again on every interaction',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['streamlit-uncached-data'],
    libraries: ['streamlit'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const entry = call.place.entryPoint;
      if (entry?.kind !== 'rerun' || call.place.isMemoised || !readsConstantData(program, call)) continue;
      if (isAskedFor(program, call) || call.place.loops.length > 0) continue;
      yield report(program, { call, entry });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'read-data', unit: 'render', device: 'cpu', readsPerUnit: 1 },
      after: { readsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { call } }, program): readonly Fix[] {
    const edits = cacheEdits(program, call);
    if (edits === undefined) return [];
    return [
      {
        title: 'Read through a function with @st.cache_data',
        safety: 'suggestion',
        edits,
        reason:
          'A file that changes while the app runs is not read again; pass `ttl=60` for data that must be fresh. Needs Streamlit 1.18 or later.',
      },
    ];
  },
});

/** A table whose place the text gives, or a data set of the hub: never what a person uploads or types. */
function readsConstantData(program: Program, call: Call): boolean {
  if (call.name === 'datasets.load_dataset') return call.constantArgument('path').kind === 'known';
  if (!isTableRead(call) || !readsFixedFile(program, call)) return false;
  const path = pathOf(call);
  const owner = call.place.function;
  if (path === undefined || (owner !== undefined && program.dependsOn(path, owner))) return false;
  return !/upload|text_input|selectbox|radio\(/.test(program.text(path)) && !isChosen(program, path);
}

/** The path comes from a widget. */
function isChosen(program: Program, path: Parameters<Program['text']>[0] & Parameters<Program['values']>[0]): boolean {
  const origin = program.origin(path);
  return origin?.name?.startsWith('streamlit.') === true;
}

function isAskedFor(program: Program, call: Call): boolean {
  const { statements } = enclosing(program.module, call.node);
  return statements.some((statement) => statement.kind === 'if' && ONCE.test(program.text(statement.test)));
}

/** `table = pd.read_csv("a.csv")` → a cached function above the statement, and a call of it. */
function cacheEdits(program: Program, call: Call): readonly Edit[] | undefined {
  const { module } = program;
  const { node } = call;
  const offset = topLevelOffset(module, node);
  if (offset === undefined || !isReadableAtModuleLevel(module, node)) return undefined;
  const streamlit = importEdit(module, { module: 'streamlit', alias: 'st', at: node.start });
  const unit = indentationUnit(module.text, node.start);
  const source = reindent(module, node, unit);
  if (streamlit === undefined || source === undefined) return undefined;
  const name = freeName(module, `load_${targetName(program, call) ?? 'data'}`);
  const br = lineBreakOf(module.text);
  const text = `@${streamlit.local}.cache_data${br}def ${name}():${br}${unit}return ${source}${br}${br}${br}`;
  return [
    ...streamlit.edits,
    { span: { start: offset, end: offset }, text },
    { span: { start: node.start, end: node.end }, text: `${name}()` },
  ];
}

function targetName(program: Program, call: Call): string | undefined {
  const statement = program.statement(call.node);
  const [target] = statement?.kind === 'assign' ? statement.targets : [];
  return target?.kind === 'name' ? target.name : undefined;
}

function report(program: Program, state: State): Hit<State> {
  const { call, entry } = state;
  const path = pathOf(call) ?? call.node.args[0]?.value;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: `${path ? `\`${program.text(path).slice(0, 60)}\`` : 'The data'} is read again whenever a person uses a widget.`,
      why: 'Streamlit runs the script from the top on each interaction of each session, and nothing here keeps what was read.',
      advice: 'Read it in a function with `@st.cache_data`.',
      condition: 'The saving depends on the size of the data and on how much the app is used.',
    },
    related: externalSteps(entry, 'on every interaction'),
    state,
  };
}
