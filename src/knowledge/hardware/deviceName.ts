/** A device name split into what identifies the chip and what only tells variants apart. */
export interface DeviceName {
  /** `rtx4090`, `h100`, `xeonplatinum8375c`. */
  readonly core: string;
  /** The words that `core` is made of. */
  readonly words: readonly string[];
  /** `sxm`, `pcie`, `nvl`, `80gb`, `laptop`. */
  readonly variants: readonly string[];
}

const NOISE = new Set(
  'nvidia geforce tesla qualcomm amd radeon instinct intel google aws gpu cpu generation mega vws graphics dgx hbm2 hbm2e hbm3 hbm3e processor gen edition workstation server bf16 fp16 fp32 fp8 int8 int4 oam macbook macmini imac air'.split(
    ' ',
  ),
);

/** Reads the spellings of drivers, clouds and papers: `NVIDIA H100 80GB HBM3`, `A100-SXM-40GB (8-GPU node)`, `Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz`. */
export function parseDeviceName(text: string): DeviceName {
  const cleaned = text
    .toLowerCase()
    .replace(/\((?:r|tm|c)\)/g, ' ')
    .replace(/\(([^)]*)\)/g, (_, inner: string) => (/^(?:dgx|colab)/.test(inner) ? ` ${inner} ` : ' '))
    .replace(/@.*$/, ' ')
    .replace(/\b(?:macbook|mac) (?:pro|air|mini|studio)\b/g, ' ')
    .replace(/(\d{4})\/\d{4}\b/, '$1')
    .replace(/\b\d+-core\b/g, ' ')
    .replace(/\b\d+(?:st|nd|rd|th) gen\b/g, ' ')
    .replace(/\bwith radeon.*$/, ' ')
    .replace(/\bmodel b\+?/, ' ')
    .replace(/\bx1[ep][- ]\d[\w-]*/, ' ')
    .replace(/pcie\/sxm\d?/, 'sxm');
  const core: string[] = [];
  const variants: string[] = [];
  for (const token of cleaned.split(/[^a-z0-9+.]+/)) {
    if (token === '' || NOISE.has(token)) continue;
    if (/^sxm\d?$/.test(token)) variants.push('sxm');
    else if (/^\d+gi?b?$/.test(token)) variants.push(token.replace(/gi?b?$/, 'gb'));
    else if (token === 'laptop' || token === 'mobile') variants.push('laptop');
    else if (token === 'pcie' || token === 'nvl') variants.push(token);
    else core.push(token);
  }
  return { core: core.join(''), words: core, variants };
}
