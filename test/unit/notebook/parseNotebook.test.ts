import assert from 'node:assert/strict';
import {
  type NotebookFailure,
  type ParsedNotebook,
  parseNotebook,
} from '../../../src/languages/notebook/parseNotebook.ts';

describe('parseNotebook', () => {
  it('reads sources as a string, a list, null or nothing', () => {
    const cells = [
      { cell_type: 'code', source: 'a\nb' },
      { cell_type: 'code', source: ['a\n', 'b'] },
      { cell_type: 'code', source: null },
      { cell_type: 'code' },
      { cell_type: 'code', source: ['a\n', null, 3] },
      { cell_type: 'markdown', source: ['# T'] },
      { cell_type: 'raw', source: 'r' },
      null,
      'cell',
    ];
    assert.deepEqual(
      read({ cells }).cells.map(({ language, text }) => [language, text]),
      [
        ['python', 'a\nb'],
        ['python', 'a\nb'],
        ['python', ''],
        ['python', ''],
        ['python', 'a\n'],
        ['other', '# T'],
        ['other', 'r'],
        ['other', ''],
        ['other', ''],
      ],
    );
  });

  it('reads the worksheets of nbformat 3', () => {
    const worksheets = [
      { cells: [{ cell_type: 'code', input: ['a'], language: 'python' }] },
      {},
      { cells: [{ cell_type: 'code', input: 'b', language: 'ruby' }] },
    ];
    assert.deepEqual(read({ nbformat: 3, worksheets }).cells, [
      { language: 'python', text: 'a' },
      { language: 'other', text: 'b' },
    ]);
  });

  for (const [name, metadata, language] of [
    ['kernelspec language', { kernelspec: { language: 'R' } }, 'other'],
    ['language_info', { language_info: { name: 'julia' } }, 'other'],
    ['kernel name', { kernelspec: { name: 'ir' } }, 'other'],
    ['python kernelspec', { kernelspec: { name: 'python3', language: 'python' } }, 'python'],
    ['kernel of an environment', { kernelspec: { name: 'my-env' } }, 'python'],
    ['no metadata', undefined, 'python'],
    ['wrong metadata', { kernelspec: 3 }, 'python'],
  ] as const) {
    it(`decides the language by ${name}`, () => {
      assert.equal(read({ cells: [{ cell_type: 'code', source: 'a' }], metadata }).cells[0]?.language, language);
    });
  }

  it('honours the language of a single cell', () => {
    const cells = [{ cell_type: 'code', source: 'a', metadata: { vscode: { languageId: 'sql' } } }];
    assert.equal(read({ cells }).cells[0]?.language, 'other');
  });

  it('keeps what tells hardware and versions', () => {
    const cells = [
      { cell_type: 'markdown', source: '!pip install no' },
      {
        cell_type: 'code',
        source: [
          '%pip install -q transformers==4.44.0 \\\n',
          '  torch\n',
          '!uv pip install b\n',
          'conda install d\n',
          '# !pip install c',
        ],
      },
    ];
    const { facts } = read({ cells, metadata: { accelerator: 'GPU', colab: { gpuType: 'T4' } } });
    assert.deepEqual(facts, {
      language: 'python',
      accelerator: 'GPU',
      gpuType: 'T4',
      installs: [
        { cell: 1, text: 'pip install -q transformers==4.44.0    torch' },
        { cell: 1, text: 'uv pip install b' },
        { cell: 1, text: 'conda install d' },
      ],
    });
    const kaggle = read({ cells: [], metadata: { kaggle: { accelerator: 'nvidiaTeslaT4' } } });
    assert.equal(kaggle.facts.accelerator, 'nvidiaTeslaT4');
  });

  it('reads a BOM, an empty file and one huge line', () => {
    assert.equal(read({ cells: [] }, '\uFEFF').cells.length, 0);
    assert.equal(okay(parseNotebook('')).cells.length, 0);
    const outputs = [{ data: { 'image/png': 'A'.repeat(5_000_000) } }];
    assert.equal(read({ cells: [{ cell_type: 'code', source: 'a', outputs }] }).cells[0]?.text, 'a');
  });

  for (const [name, text, offset, reason] of [
    ['invalid JSON', '{"cells": [}', 11, 'invalid JSON: expected a value'],
    ['JSON that ends early', '{"cells": [', 11, 'invalid JSON: expected "]"'],
    ['a BOM before invalid JSON', '\uFEFF{"a": }', 7, 'invalid JSON: expected a value'],
    ['comments', '{"cells": [] // no\n}', 13, 'invalid JSON: comments are not allowed here'],
    ['a list', '[]', 0, 'not a notebook: there is no list of cells'],
    ['null', 'null', 0, 'not a notebook: there is no list of cells'],
    ['missing cells', '{"metadata": {}}', 0, 'not a notebook: there is no list of cells'],
    ['cells that are no list', '{"cells": {}}', 0, 'not a notebook: there is no list of cells'],
  ] as const) {
    it(`names the place of ${name}`, () => {
      assert.deepEqual(parseNotebook(text), { kind: 'notebook-failure', offset, reason } satisfies NotebookFailure);
    });
  }

  it('survives nesting that is too deep', () => {
    const valid = parseNotebook(`{"cells": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    assert.equal(valid.kind, 'notebook');
    const invalid = parseNotebook('['.repeat(100_000));
    assert.ok(invalid.kind === 'notebook-failure' && invalid.reason.startsWith('invalid JSON: '));
  });
});

function read(notebook: object, prefix = ''): ParsedNotebook {
  return okay(parseNotebook(prefix + JSON.stringify(notebook)));
}

function okay(result: ParsedNotebook | NotebookFailure): ParsedNotebook {
  assert.ok(result.kind === 'notebook', JSON.stringify(result));
  return result;
}
