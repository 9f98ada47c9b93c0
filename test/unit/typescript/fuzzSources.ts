/** Realistic sources with many constructs, for truncation and splicing. */
export const fuzzSources: readonly string[] = [
  `'use strict';
import OpenAI, { type ClientOptions } from 'openai';
import * as tf from '@tensorflow/tfjs-node';
import { readFile } from 'node:fs/promises';
export * from './models.js';
export { embed as default, type Options } from './embed.js';

enum Size { Small = 'all-MiniLM-L6-v2', Large = 'bge-large-en', }
namespace Limits { export const batch = 32; }
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY!, maxRetries: 1_0 } satisfies ClientOptions);

@Injectable({ scope: 'singleton' })
export abstract class Embedder<T extends object = {}> extends Base<T>(mixin) implements Disposable {
  static #cache = new Map<string, Promise<number[]>>();
  static { Embedder.#cache.clear(); }
  declare readonly size: Size;
  @Input() name?: string = \`😀 \${Size.Small} \\u{1F600}\`;
  constructor(private readonly model: string, @Inject(TOKEN) protected options: T = {} as T, ...rest: unknown[]) { super(); }
  get key(): string { return this.model?.toLowerCase() ?? 'none'; }
  abstract load(): Promise<void>;
  async *embedAll(texts: readonly string[]): AsyncGenerator<number[]> {
    outer: for (const [index, text] of texts.entries()) {
      if (!text) continue outer;
      const { data: [{ embedding = [] } = {}], ...usage } = await client.embeddings.create({ model: this.model, input: text });
      Embedder.#cache[text] ??= embedding; index % 2 === 0 ? yield embedding : await this.load?.<T>(usage)!;
    }
  }
  [Symbol.asyncDispose](): void {}
}

export async function handler(this: Server, { body, query: { q = 'a', ...others } }: Request, res?: Response) {
  let model: tf.LayersModel | undefined, i = 0;
  try {
    model = await tf.loadLayersModel(\`file://\${q}/model.json\`, { strict: true });
    for (i = 0; i < others.n; i++, model!.predict(tf.tensor(body))) { tf.dispose(model); }
    for (const key in others) switch (key) { case 'a': case "b": f(key); break; default: delete others[key]; }
    do { i -= 1; } while (i > 0 && !(await ready(i)));
  } catch ({ message }) { throw new Error(message, { cause: /^a[/]b+$/gi.exec(message) }); }
  finally { void model?.dispose(); }
  return [, ...Object.values(others), 0xff, 10n, -1.5e3].map((x, i) => (x as number) ** i) as unknown as Answer.List;
}
`,
  `import { pipeline } from "@huggingface/transformers"; import React from 'react';\r
const useModel = (task) => { const [model, setModel] = React.useState(null);\r
  React.useEffect(() => { let live = true; pipeline(task, 'Xenova/bert-base-uncased', { dtype: 'fp32' }).then(m => live && setModel(() => m)); return () => { live = false } }, [task]);\r
  return model };\r
// 👩‍🔬 a comment /* not nested */\r
export default function App({ texts = [], onDone, ...props }) {\r
  const model = useModel("feature-extraction"), out = React.useRef([]);\r
  async function run() { for await (const t of texts) { out.current.push(await model(t, { pooling: 'mean', normalize: true })) } onDone?.(out) }\r
  return <main {...props} data-n={texts.length}>{texts.map(t => <p key={t}>{t} &amp; <b.C a='x' on={() => run()} /></p>)}<>{out.current.length > 0 ? <i/> : null}</></main>;\r
}\r
module.exports = { App, useModel, get x() { return 1 }, async *[Symbol.iterator]() {}, 'a-b': 2 }; exports.y = tag\`a\${1}b\`;\r
`,
];
