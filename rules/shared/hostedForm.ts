import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Where an API of a hosted model takes its parts, by parameter path. */
export interface RequestForm {
  readonly api: RegExp;
  /** Options object that holds the rest; empty for Python's keywords. */
  readonly at: string;
  readonly text: readonly string[];
  readonly cap: readonly string[];
  readonly tools: readonly string[];
  readonly schema: readonly string[];
}

/** openai 6.49.0, @anthropic-ai/sdk 1.12.0, @google/genai 3.1.0, @mistralai/mistralai 2.7.0, ai 6.0.326; openai, anthropic and litellm for Python 2025. */
const FORMS: readonly RequestForm[] = [
  {
    api: /^openai\.(OpenAI\.(beta\.)?chat\.completions\.|ChatCompletion\.a?create$)/,
    at: 'body.',
    text: ['messages'],
    cap: ['max_completion_tokens', 'max_tokens'],
    tools: ['tools', 'functions'],
    schema: ['response_format'],
  },
  {
    api: /^openai\.OpenAI\.responses\./,
    at: 'body.',
    text: ['instructions', 'input'],
    cap: ['max_output_tokens'],
    tools: ['tools'],
    schema: ['text'],
  },
  {
    api: /^litellm\.a?completion$/,
    at: '',
    text: ['messages'],
    cap: ['max_completion_tokens', 'max_tokens'],
    tools: ['tools', 'functions'],
    schema: ['response_format'],
  },
  {
    api: /^(@anthropic-ai\/sdk|anthropic)\.Anthropic\.(beta\.)?messages\./,
    at: 'body.',
    text: ['system', 'messages'],
    cap: ['max_tokens'],
    tools: ['tools'],
    schema: [],
  },
  {
    api: /^ai\.(generate|stream)(Text|Object)$/,
    at: 'options.',
    text: ['system', 'prompt', 'messages'],
    cap: ['maxOutputTokens', 'maxTokens'],
    tools: ['tools'],
    schema: ['schema', 'output', 'experimental_output', 'enum'],
  },
  {
    api: /^@google\/genai\.GoogleGenAI\.models\.generateContent/,
    at: 'params.',
    text: ['config.systemInstruction', 'contents'],
    cap: ['config.maxOutputTokens'],
    tools: ['config.tools'],
    schema: ['config.responseSchema', 'config.responseJsonSchema'],
  },
  {
    api: /^@mistralai\/mistralai\.Mistral\.chat\./,
    at: 'request.',
    text: ['messages'],
    cap: ['maxTokens'],
    tools: ['tools'],
    schema: ['responseFormat'],
  },
];

/** How the called API takes its parts; `at` is where they stand in this language. */
export function hostedForm(
  call: Call,
  program: Program,
): { readonly form: RequestForm; readonly at: string } | undefined {
  const name = call.api?.name ?? '';
  const form = FORMS.find(({ api }) => api.test(name));
  return form && { form, at: program.module.language === 'python' ? '' : form.at };
}
