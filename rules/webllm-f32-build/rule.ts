import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression, LiteralExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { f16Choice, SHADER_F16_REASON } from '../shared/shaderF16.ts';
import { writtenSource } from '../shared/writtenSource.ts';
import { QUANTISED_TWINS } from './quantisedTwins.ts';

interface WideBuild {
  readonly call: Call;
  /** The model argument of the load: the literal itself, or the name that holds it. */
  readonly argument: Expression;
  readonly literal: LiteralExpression;
  readonly id: string;
  readonly twin: string;
}

export default defineRule<WideBuild>({
  meta: {
    id: 'webllm-f32-build',
    title: 'WebLLM build with fp32 activations or unquantised weights',
    category: 'full-precision',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['webllm-f32-build'],
    libraries: ['@mlc-ai/web-llm'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      for (const found of wideBuilds(call, program)) {
        if (seen.has(found.literal.start) || neverRuns(call, program)) continue;
        seen.add(found.literal.start);
        yield report(found);
      }
    }
  },

  effect({ state: { id } }) {
    // With 4-bit weights on both sides only the activations differ: memory, and a saving that nobody has measured.
    if (!id.includes('-q0f')) return undefined;
    return {
      before: {
        kind: 'generate',
        unit: 'request',
        engine: 'ort-web-webgpu',
        device: 'gpu',
        model: { id },
        format: 'fp16',
      },
      after: { format: 'int4' },
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes({ state: { call, literal, id, twin } }, program): readonly Fix[] {
    const choice = f16Choice(literal, call, twin, id, program);
    if (choice === undefined) return [];
    const edits = [{ span: { start: literal.start, end: literal.end }, text: choice }];
    return [
      { title: 'Choose the f16 build where the GPU has it', safety: 'suggestion', reason: SHADER_F16_REASON, edits },
    ];
  },
});

function report(found: WideBuild): Hit<WideBuild> {
  return {
    span: { start: found.argument.start, end: found.argument.end },
    severity: 'information',
    message: {
      what: `\`${found.id}\` is loaded although the build \`${found.twin}\` exists.`,
      why: found.id.includes('-q0f')
        ? 'Unquantised weights take three to six times the GPU memory and its traffic for every token.'
        : 'fp32 activations take about a fifth more GPU memory (median of 69 pairs) and the slower shaders.',
      advice: 'Choose it where the adapter has the feature `shader-f16`, and keep this one as the fallback.',
      condition: 'The saving depends on the GPU of the visitor.',
    },
    related:
      found.argument === found.literal
        ? []
        : [{ span: { start: found.literal.start, end: found.literal.end }, message: 'Chosen here' }],
    state: found,
  };
}

/** The builds that a load names: one, or several that are loaded together. */
function wideBuilds(call: Call, program: Program): readonly WideBuild[] {
  if (!call.api?.name.startsWith('@mlc-ai/web-llm.') || !call.api.roles.includes('model-load')) return [];
  // A list of models of one's own may hold other builds under any name; one made from WebLLM's list holds WebLLM's.
  const hasOwnList = call.argument('engineConfig.appConfig').kind !== 'absent';
  if (hasOwnList && !/\bprebuiltAppConfig\b/.test(program.module.text)) return [];
  const argument = call.argument('modelId');
  if (argument.kind !== 'known') return [];
  const written = writtenSource(argument.value, program);
  const parts = written.kind === 'sequence' ? written.elements : [argument.value];
  return parts.flatMap((part) => wideBuild(call, part, program) ?? []);
}

function wideBuild(call: Call, argument: Expression, program: Program): WideBuild | undefined {
  const values = program.values(argument);
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'constant' || typeof value.value !== 'string') return undefined;
  const twin = value.value.replace(/-(q4f32_1|q0f32|q0f16)-MLC/, '-q4f16_1-MLC');
  if (twin === value.value || !QUANTISED_TWINS.has(twin) || value.node.kind !== 'literal') return undefined;
  return { call, argument, literal: value.node, id: value.value, twin };
}

/** A function of a demonstration whose call is commented out. */
function neverRuns(call: Call, program: Program): boolean {
  const owner = call.place.function;
  if (owner?.form !== 'declaration' || owner.name === undefined || program.callsTo(owner).length > 0) return false;
  const uses = program.module.text.match(new RegExp(`\\b${owner.name}\\b`, 'g'))?.length ?? 0;
  const comments = program.module.comments.filter(({ text }) => text.includes(owner.name ?? '')).length;
  const isExported = program.module.body.some(
    (statement) => statement.kind === 'export' && statement.names.some(({ local }) => local === owner.name),
  );
  return !isExported && uses - comments <= 1;
}
