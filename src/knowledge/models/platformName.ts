const BEDROCK =
  /^(?:(?:us|eu|apac|global)\.)?(?:meta|mistral|cohere|ai21|deepseek|openai|qwen|google|nvidia|moonshot|minimax)\.(?=[a-z])/;
/** Marks that inference platforms add to the names of open models, weights unchanged. */
const PLATFORM_MARK = /-(?:versatile|instant|specdec|tool-use-preview|turbo|lite|reference)$/;

/**
 * Undoes the spellings of Bedrock (`us.meta.llama3-1-70b-instruct-v1:0`), Fireworks (`llama-v3p1-8b-instruct`), Groq
 * (`llama-3.3-70b-versatile`, `llama3-70b-8192`), Together (`…-Turbo`), OpenRouter (`…:free`), Ollama (`…:latest`) and Vertex (`…@001`). Lower case in and out.
 */
export function platformName(text: string): string {
  let name = text.replace(/@.*$/, '').replace(/:(?:latest|free|nitro|beta|extended|floor|online)$/, '');
  if (BEDROCK.test(name)) {
    name = name
      .replace(/^(?:[a-z]+\.)?deepseek\./, 'deepseek-')
      .replace(BEDROCK, '')
      .replace(/-v0:(\d)$/, '-v0.$1')
      .replace(/-(?:v\d+|\d):\d+$/, '');
  }
  if (/^(?:meta-)?llama|^(?:code)?qwen|^mi[sx]tral|^gemma|^deepseek/.test(name)) {
    name = name.replace(PLATFORM_MARK, '').replace(/-(?:8192|32768)$/, '');
  }
  return name
    .replace(/^((?:meta-)?llama)-?v?(\d)[-p](\d)(?=-)/, '$1-$2.$3')
    .replace(/^((?:meta-)?llama)-v(\d)(?=-)/, '$1-$2')
    .replace(/^qwen(\d)p(\d)(?=-)/, 'qwen$1.$2');
}
