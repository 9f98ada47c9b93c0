import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { ONNX_FORMATS } from '../shared/onnxFormats.ts';
import { f16Choice, SHADER_F16_REASON } from '../shared/shaderF16.ts';
import { isTransformersJsLoad, modelReference, workloadKind } from '../shared/transformersJs.ts';
import { type ExplicitFp32, explicitFp32 } from './explicitFp32.ts';

export default defineRule<ExplicitFp32>({
  meta: {
    id: 'transformersjs-explicit-fp32',
    title: "dtype 'fp32' asked for in Transformers.js",
    category: 'full-precision',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tjs-explicit-fp32'],
    libraries: ['@huggingface/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const loads = program.calls.filter(isTransformersJsLoad);
    const seen = new Set<Expression>();
    for (const found of loads.flatMap((load) => explicitFp32(load, program))) {
      // Two loads may read the same table of models.
      if (seen.has(found.literal) || hasCommentNear(program, found.literal, 2, REASON)) continue;
      seen.add(found.literal);
      const isSure = found.device === 'cpu' && (found.scale === 'request' || found.scale === 'items');
      yield {
        span: { start: found.literal.start, end: found.literal.end },
        severity: isSure ? 'warning' : 'information',
        message: {
          what: `\`dtype: 'fp32'\` loads four bytes for every weight${found.module === undefined ? '' : ` of \`${found.module}\``}.`,
          why:
            found.device === 'gpu'
              ? 'Half-precision weights take half the memory traffic, which bounds inference on a GPU.'
              : 'The 8-bit build of a transformer takes about half the CPU time and a quarter of the download.',
          advice:
            found.device === 'gpu'
              ? `Use \`'${found.dtype}'\` where the adapter has \`shader-f16\`, and check the results on your data.`
              : `Use \`'${found.dtype}'\` and check the results on your data.`,
          ...(isSure
            ? {}
            : {
                condition:
                  found.device === 'gpu'
                    ? 'The saving depends on the GPU.'
                    : 'The saving depends on how much the model is used.',
              }),
        },
        related: [],
        state: found,
      };
    }
  },

  effect({ state: { load, device, dtype, scale, engine } }) {
    return {
      before: {
        kind: workloadKind(load),
        unit: scale === 'request' ? 'request' : 'item',
        engine,
        format: 'fp32',
        device,
        ...modelReference(load),
      },
      after: ONNX_FORMATS[dtype] ?? {},
      alsoSaves: ['memory', 'network'],
    };
  },

  fixes({ state: { load, literal, dtype, device } }, program) {
    // Options that several models share may suit one of them only.
    const readers = program.calls.filter((call) =>
      explicitFp32(call, program).some((found) => found.literal === literal),
    );
    if (readers.length > 1) return [];
    const quote = program.text(literal).slice(0, 1);
    const choice =
      device === 'gpu' ? f16Choice(literal, load, dtype, dtype === 'q4f16' ? 'q4' : 'fp32', program) : undefined;
    if (choice !== undefined) {
      const edits = [{ span: { start: literal.start, end: literal.end }, text: choice }];
      return [
        { title: `Choose ${dtype} where the GPU has it`, safety: 'suggestion', reason: SHADER_F16_REASON, edits },
      ];
    }
    // WebGPU throws on fp16 without the shader-f16 feature, for which nothing tests here.
    if (device === 'gpu' || (quote !== "'" && quote !== '"' && quote !== '`')) return [];
    return [
      {
        title: `Load ${dtype} weights`,
        safety: 'suggestion',
        reason: `Outputs change slightly, and the model repository must hold the ${dtype} file.`,
        edits: [{ span: { start: literal.start, end: literal.end }, text: `${quote}${dtype}${quote}` }],
      },
    ];
  },
});

/** The author says why: quantised or half-precision builds fail or are not there yet. */
const REASON =
  /fp16|fp32|float|quanti[sz]|\bq4|\bq8|int8|precision|accura|quality|nan\b|broken|doesn'?t work|not supported|todo/i;
