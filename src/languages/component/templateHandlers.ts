/** Vue: `@click="run"`, `v-on:submit.prevent="save(item)"`. */
const VUE = /(?<=\s)(?:@|v-on:)([a-z][\w:-]*)(?:\.[\w.-]+)?\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
/** Svelte: `on:click={run}`, `onclick={() => run(item)}`, `on:submit|preventDefault="{save}"`. */
const SVELTE = /(?<=\s)on:?([a-z]\w*)(?:\|[\w|]+)?\s*=\s*["']?\{/gi;
/** What is called once, when the element is there. */
const ONCE = /^(load\w*|mount(ed)?|ready|init|canplay|error|(vue|hook|vnode)[:-].*)$/i;
const NAME = /^\s*([A-Za-z_$][\w$]*)\s*$/;
const CALLED =
  /(?<![\w$.])(?!(?:async|await|if|for|while|switch|catch|function|return|typeof|void)\b)([A-Za-z_$][\w$]*)\s*\(/g;
/** An expression that is longer is no handler. */
const LONGEST = 500;

/** Names of functions that the elements of a Vue or Svelte template call on events, each once; its script blocks are blank. */
export function templateHandlers(template: string): readonly string[] {
  const text = template.replace(/<!--[\s\S]*?-->/g, '');
  const names = new Set<string>();
  for (const [, event = '', double, single] of text.matchAll(VUE)) {
    if (!ONCE.test(event)) for (const name of namesIn(double ?? single ?? '')) names.add(name);
  }
  for (const match of text.matchAll(SVELTE)) {
    const from = match.index + match[0].length;
    if (!ONCE.test(match[1] ?? '')) for (const name of namesIn(untilBrace(text, from))) names.add(name);
  }
  return [...names];
}

/** `run`, `run(item)`, `(event) => run(event)`: the name alone, or every function that is called. */
function namesIn(expression: string): readonly string[] {
  const name = NAME.exec(expression)?.[1];
  return name === undefined ? [...expression.matchAll(CALLED)].map(([, called = '']) => called) : [name];
}

/** Text up to the brace that closes an expression. */
function untilBrace(text: string, from: number): string {
  let open = 1;
  for (let at = from; at < Math.min(text.length, from + LONGEST); at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}') open--;
    if (open === 0) return text.slice(from, at);
  }
  return '';
}
