import assert from 'node:assert/strict';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import type { Statement } from '../../../src/core/ir/statement.ts';
import type { Span } from '../../../src/core/text/span.ts';
import { visitStatements } from '../../differential/typescript/visitModule.ts';
import { type LowerText, typeScriptLowering } from './lowerText.ts';

describe('TypeScript spans', () => {
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  function callTexts(module: SourceModule): readonly string[] {
    const texts: string[] = [];
    visitStatements(module.body, {
      expression: (expression) => {
        if (expression.kind === 'call') texts.push(textOf(module, expression));
      },
    });
    return texts;
  }

  it('counts UTF-16 code units after characters outside the basic plane', () => {
    const module = lower('const a = "😀👩‍👩‍👧"; // 😀\nf("😀", x);');
    assert.deepEqual(callTexts(module), ['f("😀", x)']);
    assert.deepEqual(
      module.comments.map((comment) => [comment.text, textOf(module, comment)]),
      [['// 😀', '// 😀']],
    );
  });

  it('keeps offsets with CRLF and a byte order mark', () => {
    const module = lower('\ufeffimport a from "m";\r\n\r\nf(\r\n  a,\r\n);\r\n');
    assert.deepEqual(callTexts(module), ['f(\r\n  a,\r\n)']);
    assert.equal(textOf(module, first(module.body)), 'import a from "m";');
    assert.equal(module.hasSyntaxErrors, false);
  });

  it('spans a whole declaration with one declarator, and each of several declarators', () => {
    const module = lower('const a = 1;\nlet b = 2, c = 3;');
    assert.deepEqual(
      module.body.map((statement) => textOf(module, statement)),
      ['const a = 1;', 'b = 2', 'c = 3'],
    );
  });

  it('gives argument lists with their parentheses, empty ones at the end of `new X`', () => {
    const module = lower('f<T>(a, b); new X; tag`a`');
    const lists: string[] = [];
    visitStatements(module.body, {
      expression: (expression) => {
        if (expression.kind === 'call')
          lists.push(`${expression.argsSpan.start}:${textOf(module, expression.argsSpan)}`);
      },
    });
    assert.deepEqual(lists, ['4:(a, b)', '17:', '22:`a`']);
  });

  it('leaves parentheses and assertions out of an expression, and decorators inside a definition', () => {
    const module = lower('x = ((f()) as T);\n@d export class A { @e m() {} }');
    assert.deepEqual(callTexts(module), ['f()']);
    const statement = module.body[2];
    assert.equal(statement?.kind, 'class');
    assert.equal(textOf(module, statement), '@d export class A { @e m() {} }');
    assert.deepEqual(
      statement.definition.body.map((member) => textOf(module, member)),
      ['@e m() {}'],
    );
  });

  it('gives key and name spans', () => {
    const module = lower('f({ "a-b": 1, c }); a.bcd();');
    const found: string[] = [];
    visitStatements(module.body, {
      expression: (expression) => {
        if (expression.kind === 'attribute') found.push(textOf(module, expression.nameSpan));
        if (expression.kind !== 'mapping') return;
        for (const { keyExpression } of expression.entries)
          if (keyExpression) found.push(textOf(module, keyExpression));
      },
    });
    assert.deepEqual(found, ['"a-b"', 'c', 'bcd']);
  });
});

function textOf(module: SourceModule, span: Span): string {
  return module.text.slice(span.start, span.end);
}

function first(statements: readonly Statement[]): Statement {
  const statement = statements[0];
  assert.ok(statement !== undefined);
  return statement;
}
