import assert from 'node:assert/strict';
import { torchParameters } from '../../../../src/core/semantics/networks/torchNetwork.ts';
import type { Parsers } from '../../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../../support/programOf.ts';

describe('weights of a PyTorch network', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Weights of the class `Net`, with the layers of its constructor. */
  function count(layers: readonly string[], more: { parameters?: string; before?: string; methods?: string } = {}) {
    const { parameters = '', before: above = '', methods = '' } = more;
    const text = `import copy\nimport torch\nimport torch.nn as nn\nfrom torchvision import models\n${above}
class Net(nn.Module):
    def __init__(self${parameters}):
        super().__init__()
${layers.map((line) => `        ${line}\n`).join('')}
${methods}
    def forward(self, x):
        return nn.functional.relu(self.a(x))
`;
    const program = programOf(parsers, text);
    const net = program.classes.find(({ name }) => name === 'Net');
    assert.ok(net);
    return torchParameters(program, net);
  }

  const layers: readonly (readonly [string, string, number])[] = [
    ['Linear', 'nn.Linear(784, 10)', 7850],
    ['keywords', 'nn.Linear(out_features=10, in_features=784)', 7850],
    ['arithmetic', 'nn.Linear(16 * 5 * 5, 120)', 48120],
    ['Conv1d', 'nn.Conv1d(4, 8, 3)', 104],
    ['Conv2d', 'nn.Conv2d(3, 64, kernel_size=7)', 9472],
    ['Conv2d with an uneven kernel', 'nn.Conv2d(3, 64, (7, 1))', 1408],
    ['Conv3d', 'nn.Conv3d(1, 2, 3)', 56],
    ['ConvTranspose2d', 'nn.ConvTranspose2d(100, 512, 4)', 819712],
    ['Embedding', 'nn.Embedding(1000, 64)', 64000],
    ['LSTM', 'nn.LSTM(10, 20)', 2560],
    ['LSTM of two layers', 'nn.LSTM(10, 20, num_layers=2)', 5920],
    ['LSTM of both directions', 'nn.LSTM(10, 20, bidirectional=True)', 5120],
    ['GRU', 'nn.GRU(10, 20)', 1920],
    ['RNN', 'nn.RNN(10, 20)', 640],
    ['LayerNorm', 'nn.LayerNorm(512)', 1024],
    ['BatchNorm2d', 'nn.BatchNorm2d(64)', 128],
    ['GroupNorm', 'nn.GroupNorm(8, 64)', 128],
    ['MultiheadAttention', 'nn.MultiheadAttention(512, 8)', 1050624],
    ['TransformerEncoderLayer', 'nn.TransformerEncoderLayer(512, 8)', 3152384],
    ['Parameter', 'nn.Parameter(torch.zeros(1, 16, 64))', 1024],
    ['no weights', 'nn.ReLU()', 0],
    ['Sequential', 'nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Dropout(0.1), nn.Linear(3, 1))', 13],
    ['ModuleList', 'nn.ModuleList([nn.Linear(9, 10) for _ in range(4)])', 400],
    ['a loop variable', 'nn.ModuleList([nn.Linear(9, n) for n in [10, 10]])', 200],
  ];
  for (const [title, layer, expected] of layers) it(title, () => assert.equal(count([`self.a = ${layer}`]), expected));

  it('adds what the constructor makes, through parameters, variables and attributes', () => {
    assert.equal(
      count(['self.a = nn.Linear(4, hidden)', 'self.b = nn.Linear(hidden, 1)'], { parameters: ', hidden=8' }),
      49,
    );
    assert.equal(count(['self.n = 8', 'wide = self.n * 2', 'self.a = nn.Linear(4, wide)']), 80);
    assert.equal(
      count(['self.a = nn.ModuleList()', 'for _ in range(depth):', '    self.a.append(nn.Linear(1, 1))'], {
        parameters: ', depth=3',
      }),
      6,
    );
  });

  it('follows methods, functions, classes and bases of the file', () => {
    const block =
      'class Block(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.f = nn.Linear(n, n)\n';
    assert.equal(count(['self.a = Block(9)', 'self.b = Block(n=4)'], { before: block }), 110);
    const make = 'def make(n):\n    return nn.Sequential(nn.Linear(n, 1), nn.ReLU())\n';
    assert.equal(count(['self.a = make(9)'], { before: make }), 10);
    const methods = '    def make(self, n):\n        return nn.Linear(n, 1)\n';
    assert.equal(count(['self.a = self.make(9)', 'self.b = self.make(4)'], { methods }), 15);
  });

  it('counts the copies of a transformer', () => {
    const encoder = [
      'layer = nn.TransformerEncoderLayer(8, 2, 16)',
      'self.a = nn.TransformerEncoder(layer, num_layers=3)',
    ];
    const one = count(encoder.slice(0, 1));
    assert.ok(one);
    // The layer itself is a pattern; it is counted as well, which keeps the number a ceiling.
    assert.equal(count(encoder), 4 * one);
  });

  it('a construction gives its arguments', () => {
    const text =
      'import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.a = nn.Linear(n, 1)\nnet = Net(99)\n';
    const program = programOf(parsers, text);
    const [definition] = program.classes;
    const call = program.calls.find(({ node }) => program.text(node) === 'Net(99)');
    assert.ok(definition && call);
    assert.equal(torchParameters(program, definition), undefined);
    assert.equal(torchParameters(program, definition, call.node), 100);
  });

  const unknown: readonly (readonly [string, readonly string[], Parameters<typeof count>[1]?])[] = [
    ['a parameter without a value', ['self.a = nn.Linear(n, 1)'], { parameters: ', n' }],
    ['a parameter written again', ['n = n * read()', 'self.a = nn.Linear(n, 1)'], { parameters: ', n=2' }],
    ['a variable that grows', ['n = 1', 'n *= 5', 'self.a = nn.Linear(n, 1)']],
    ['a lazy layer', ['self.a = nn.LazyLinear(3)']],
    ['a model of a library', ['self.a = models.resnet18()']],
    ['a function of another file', ['self.a = build()']],
    ['a copying helper', ['self.a = nn.ModuleList([copy.deepcopy(x) for x in xs])']],
    [
      'a loop of unknown length',
      ['self.a = nn.ModuleList([nn.Linear(1, 1) for _ in range(n)])'],
      { parameters: ', n' },
    ],
    ['spread arguments', ['self.a = nn.Linear(*shape)']],
    ['layers that another method makes', [], { methods: '    def grow(self):\n        self.a = nn.Linear(9, 9)\n' }],
  ];
  for (const [title, lines, more] of unknown)
    it(`unknown: ${title}`, () => assert.equal(count(lines, more), undefined));
});
