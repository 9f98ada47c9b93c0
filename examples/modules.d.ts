// As much of the packages' types as the examples use, so that an editor shows no errors before anything is installed.

declare module 'node:fs/promises' {
  export function readFile(path: string, encoding: 'utf8'): Promise<string>;
  export function writeFile(path: string, text: string): Promise<void>;
}

declare module '@huggingface/transformers' {
  interface Options {
    readonly dtype?: 'fp32' | 'fp16' | 'q8' | 'q4';
    readonly device?: string;
  }

  interface Tensor {
    tolist(): number[][];
  }

  type Extractor = (text: string | readonly string[], options?: object) => Promise<Tensor>;
  type TextPipeline = (text: string) => Promise<readonly object[]>;

  export function pipeline(task: 'feature-extraction', model: string, options?: Options): Promise<Extractor>;
  export function pipeline(task: string, model: string, options?: Options): Promise<TextPipeline>;

  export const AutoTokenizer: {
    from_pretrained(model: string): Promise<(text: readonly string[], options?: object) => Promise<object>>;
  };
  export const AutoModelForSequenceClassification: {
    from_pretrained(model: string, options?: Options): Promise<(inputs: object) => Promise<{ logits: Tensor }>>;
  };
}

declare module 'express' {
  interface Request {
    readonly query: Readonly<Record<string, unknown>>;
    readonly body: { readonly text: string };
  }

  interface Response {
    json(value: unknown): void;
  }

  type Handler = (request: Request, response: Response) => void | Promise<void>;

  interface App {
    use(middleware: unknown): void;
    get(path: string, handler: Handler): void;
    post(path: string, handler: Handler): void;
    listen(port: number): void;
  }

  const express: { (): App; json(): unknown };
  export default express;
}

declare module 'openai' {
  export default class OpenAI {
    readonly embeddings: {
      create(request: {
        readonly model: string;
        readonly input: string | readonly string[];
      }): Promise<{ readonly data: readonly { readonly embedding: number[] }[] }>;
    };
  }
}
