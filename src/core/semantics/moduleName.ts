const CDN =
  /^https?:\/\/(?:cdn\.jsdelivr\.net\/npm|unpkg\.com|esm\.sh|cdn\.skypack\.dev|esm\.run|ga\.jspm\.io\/npm:)\/?(.+)$/;
const PACKAGE = /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(\/.*)?$/;

/** A JavaScript module specifier as package and version: CDN URLs and `npm:` specifiers name a package too. */
export interface ModuleSpecifier {
  readonly name: string;
  readonly version?: string;
}

/**
 * Package that a specifier loads. `https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.1.0/+esm` and
 * `npm:@huggingface/transformers@3.1.0` give `@huggingface/transformers` and `3.1.0`; a bare specifier is returned as it is,
 * with its subpath (`onnxruntime-web/webgpu`).
 */
export function moduleSpecifier(specifier: string): ModuleSpecifier {
  const packagePath =
    CDN.exec(specifier)?.[1] ?? (specifier.startsWith('npm:') ? specifier.slice('npm:'.length) : undefined);
  if (packagePath === undefined) return { name: specifier };
  const match = PACKAGE.exec(packagePath);
  if (!match?.[1]) return { name: specifier };
  return { name: match[1], ...(match[2] ? { version: match[2] } : {}) };
}
