import assert from 'node:assert/strict';
import type { Expression } from '../../../src/core/ir/expression.ts';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { visitStatements } from '../../differential/typescript/visitModule.ts';
import { type LowerText, typeScriptLowering } from './lowerText.ts';
import { sketch } from './sketch.ts';

/** Shapes that nest as deep as they are long. */
const nestings: Readonly<Record<string, (levels: number) => string>> = {
  parentheses: (levels) => `x = ${'('.repeat(levels)}f()${')'.repeat(levels)}`,
  arrays: (levels) => `x = ${'['.repeat(levels)}f()${']'.repeat(levels)}`,
  objects: (levels) => `x = ${'{a:'.repeat(levels)}f()${'}'.repeat(levels)}`,
  blocks: (levels) => `${'{'.repeat(levels)}f()${'}'.repeat(levels)}`,
  'sums to the left': (levels) => `x = ${'a+'.repeat(levels)}f()`,
  'powers to the right': (levels) => `x = ${'a**'.repeat(levels)}f()`,
  conditionals: (levels) => `x = ${'a?b:'.repeat(levels)}f()`,
  calls: (levels) => `${'f('.repeat(levels)}${')'.repeat(levels)}`,
  'method chains': (levels) => `a${'.b()'.repeat(levels)}`,
  'arrow functions': (levels) => `x = ${'a=>'.repeat(levels)}f()`,
  'function declarations': (levels) => `${'function f(){'.repeat(levels)}${'}'.repeat(levels)}`,
  'else branches': (levels) => `if(a){}${'else if(b){f()}'.repeat(levels)}`,
  patterns: (levels) => `let ${'['.repeat(levels)}a${']'.repeat(levels)} = f()`,
  templates: (levels) => `x = ${'`${'.repeat(levels)}f()${'}`'.repeat(levels)}`,
  assignments: (levels) => `${'a='.repeat(levels)}f()`,
  'negations with generic calls': (levels) => `x = ${'!'.repeat(levels)}f<T>(x)`,
  'types of a variable': (levels) => `let x: ${'A<'.repeat(levels)}B${'>'.repeat(levels)}`,
  'brackets that never close': (levels) => '(['.repeat(levels),
};

describe('TypeScript front end on hard input', () => {
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  for (const [title, nest] of Object.entries(nestings)) {
    for (const levels of [2_000, 20_000]) {
      it(`survives ${levels} nested ${title}`, () => {
        const module = lower(nest(levels));
        assert.ok(depthOf(module) <= 320, 'the model must stay shallow enough for recursive walks');
      });
    }
  }

  it('keeps the rest of a file with one part nested too deep', () => {
    const module = lower(`import a from 'm';\nx = ${'['.repeat(2_000)}${']'.repeat(2_000)};\nf(1);`);
    assert.equal(module.body.length, 3);
    assert.equal(sketch(module.body.slice(2)), 'f(1)');
  });

  it('keeps the calls of a sum longer than the limit', () => {
    assert.equal(callCount(lower(`x = ${'f()+'.repeat(1_000)}g()`)), 1_001);
  });

  it('takes 100 levels as they are', () => {
    assert.equal(callCount(lower(`${'f('.repeat(100)}${')'.repeat(100)}`)), 100);
  });

  it('takes a line of 400,000 characters', () => {
    const call = `f("${'abcdefgh'.repeat(5)}"), `;
    const module = lower(`x = [${call.repeat(9_000)}];`);
    assert.ok(module.text.length > 400_000);
    assert.equal(callCount(module), 9_000);
  });

  it('takes minified code', () => {
    const source =
      '!function(e,t){"use strict";var n,r=t("m"),o=e.a||(e.a={}),i=function(e){return e&&e.b?e:{default:e}}(r);' +
      'for(n=0;n<o.length;n++)void 0===o[n]?i.default(n):(o[n].c(),r.d({e:n,f:!0}));exports.x=n}(this,require),g();';
    const module = lower(source, 'javascript');
    assert.equal(module.hasSyntaxErrors, false);
    const calls = calleesOf(module);
    for (const callee of ['t', 'i.default', 'o[n].c', 'r.d', 'g']) assert.ok(calls.includes(callee), callee);
  });

  it('takes empty files, NUL characters and lone surrogates', () => {
    assert.deepEqual(lower('').body, []);
    assert.deepEqual(lower('\n\n').body, []);
    assert.ok(calleesOf(lower('f();\0\0 g();\0')).includes('f'));
    assert.deepEqual(calleesOf(lower('const a = "\ud83d"; f("\ude00");')), ['f']);
  });
});

describe('TypeScript front end on half-typed code', () => {
  const source = `import { pipeline } from '@huggingface/transformers';
export async function handler(request: Request): Promise<Response> {
  const { text } = await request.json();
@@
  const extractor = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'q8' });
  return Response.json(await extractor(text));
}
const other = setup();
`;
  const fragments = [
    'const x =',
    'foo.',
    'await pipeline(',
    'if (',
    'const {',
    'return',
    '`abc',
    '"abc',
    '}',
    '(',
    'x ?',
  ];
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  for (const fragment of fragments) {
    it(`keeps the rest around ${fragment}`, () => {
      const module = lower(source.replace('@@', `  ${fragment}`));
      assert.match(sketch(module.body.slice(0, 1)), /^import pipeline/);
      const before = calleesOf(module);
      assert.ok(before.includes('request.json'), 'code before the place is kept');
    });
  }

  it('says that there were errors', () => {
    assert.equal(lower(source.replace('@@', '')).hasSyntaxErrors, false);
    assert.equal(lower(source.replace('@@', 'f(')).hasSyntaxErrors, true);
  });

  it('keeps statements after an error', () => {
    assert.match(sketch(lower(source.replace('@@', '  foo.')).body), /const other = setup\(\)$/);
  });

  it('lowers each skipped expression once', () => {
    const module = lower('const a = await f(b c(d));\ng();');
    const callees = calleesOf(module);
    assert.equal(callees.filter((callee) => callee === 'c').length, 1);
    assert.ok(callees.includes('g'));
  });
});

function calleesOf(module: SourceModule): readonly string[] {
  const callees: string[] = [];
  visitStatements(module.body, {
    expression: (expression) => {
      if (expression.kind === 'call') callees.push(module.text.slice(expression.callee.start, expression.callee.end));
    },
  });
  return callees;
}

function callCount(module: SourceModule): number {
  return calleesOf(module).length;
}

/** Deepest nesting of plain objects that are expressions or statements. */
function depthOf(module: SourceModule): number {
  let deepest = 0;
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: module.body, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    const inner = isNode(value) ? depth + 1 : depth;
    deepest = Math.max(deepest, inner);
    for (const child of Object.values(value)) pending.push({ value: child, depth: inner });
  }
  return deepest;
}

function isNode(value: object): value is Expression {
  return 'kind' in value;
}
