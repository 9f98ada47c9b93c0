/** Average bits per weight of llama.cpp formats, scales included (llama.cpp, tools/quantize/README.md and its list of types, 2025). */
const GGUF_BITS: Readonly<Record<string, number>> = {
  f32: 32,
  f16: 16,
  fp16: 16,
  bf16: 16,
  q8_0: 8.5,
  q8_k_xl: 9,
  q6_k: 6.56,
  q6_k_l: 6.7,
  q6_k_xl: 6.8,
  q5_k: 5.7,
  q5_k_m: 5.7,
  q5_k_l: 5.8,
  q5_k_xl: 5.8,
  q5_k_s: 5.5,
  q5_0: 5.5,
  q5_1: 6,
  q4_k: 4.85,
  q4_k_m: 4.85,
  q4_k_l: 5,
  q4_k_xl: 5,
  q4_k_s: 4.6,
  q4_0: 4.55,
  q4_1: 5,
  mxfp4: 4.25,
  mxfp4_moe: 4.25,
  q3_k: 3.9,
  q3_k_m: 3.9,
  q3_k_l: 4.3,
  q3_k_xl: 4,
  q3_k_s: 3.5,
  q2_k: 3.35,
  q2_k_s: 3,
  q2_k_l: 3.5,
  q2_k_xl: 3.5,
  iq4_xs: 4.3,
  iq4_nl: 4.5,
  iq3_xxs: 3.06,
  iq3_xs: 3.3,
  iq3_s: 3.44,
  iq3_m: 3.7,
  iq2_xxs: 2.06,
  iq2_xs: 2.4,
  iq2_s: 2.5,
  iq2_m: 2.7,
  iq1_m: 1.75,
  iq1_s: 1.56,
  tq2_0: 2.06,
  tq1_0: 1.69,
};

const TAG = /^(.*?)[-_.]((?:ud[-_])?(?:i?q\d_k?[a-z]+|i?q\d_k(?:_[a-z]+)?|t?q\d_\d|mxfp4_moe))$/;

/** The format at the end of a GGUF file's name, what stands before it, and its bits per weight where they are known. */
export function ggufTag(name: string): { readonly before: string; readonly bits: number | undefined } | undefined {
  const [, before, tag] = TAG.exec(name) ?? [];
  if (!before || tag === undefined) return undefined;
  const format = tag.replace(/^ud[-_]/, '');
  return { before, bits: Object.hasOwn(GGUF_BITS, format) ? GGUF_BITS[format] : undefined };
}
