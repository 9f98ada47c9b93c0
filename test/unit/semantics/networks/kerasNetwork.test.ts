import assert from 'node:assert/strict';
import { kerasParameters } from '../../../../src/core/semantics/networks/kerasNetwork.ts';
import type { Parsers } from '../../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../../support/programOf.ts';

describe('weights of a Keras network', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  function count(body: string, imports = 'from tensorflow.keras import layers\n'): number | undefined {
    const program = programOf(parsers, `from tensorflow import keras\n${imports}${body}\n`);
    const made = program.calls.find(({ name }) => /\.(Sequential|Model)$/.test(name ?? ''));
    assert.ok(made);
    return kerasParameters(program, made);
  }

  const sequential = (...made: readonly string[]): string => `model = keras.Sequential([${made.join(', ')}])`;
  const known: readonly (readonly [string, string, number])[] = [
    ['Dense', sequential('layers.Dense(64, input_shape=(784,))', 'layers.Dropout(0.5)', 'layers.Dense(10)'), 50890],
    ['input_dim', sequential('layers.Dense(12, input_dim=8)', 'layers.Dense(1)'), 121],
    ['Input', sequential('keras.Input(shape=(784,))', 'layers.Dense(10)'), 7850],
    ['Flatten', sequential('layers.Flatten(input_shape=(28, 28))', 'layers.Dense(10)'), 7850],
    [
      'convolutions, at most',
      sequential(
        'layers.Conv2D(32, (3, 3), input_shape=(28, 28, 1))',
        'layers.MaxPooling2D((2, 2))',
        'layers.BatchNormalization()',
        'layers.Flatten()',
        'layers.Dense(10)',
      ),
      320 + 128 + (14 * 14 * 32 + 1) * 10,
    ],
    [
      'texts',
      sequential('layers.Embedding(1000, 16)', 'layers.Bidirectional(layers.LSTM(8))', 'layers.Dense(1)'),
      16000 + 2 * 4 * 8 * (16 + 8 + 1) + 17,
    ],
    ['GRU', sequential('layers.GRU(8, input_shape=(5, 3))'), 3 * 8 * (3 + 8 + 2)],
    [
      'pooling over the whole',
      sequential('layers.Embedding(10, 4)', 'layers.GlobalAveragePooling1D()', 'layers.Dense(2)'),
      50,
    ],
    [
      'add',
      'model = keras.models.Sequential()\nmodel.add(layers.Dense(4, input_dim=3))\nmodel.add(layers.Dense(1))',
      21,
    ],
    [
      'functional',
      'i = keras.Input(shape=(3,))\nx = layers.Dense(4)(i)\nx = layers.ReLU()(x)\no = layers.Dense(1)(x)\nmodel = keras.Model(i, o)',
      21,
    ],
  ];
  for (const [title, body, expected] of known) it(title, () => assert.equal(count(body), expected));

  it('names imported one by one', () => {
    const imports = 'from keras.layers import Dense\nfrom keras.models import Sequential\n';
    assert.equal(count('model = Sequential([Dense(1, input_dim=2)])', imports), 3);
  });

  const unknown: readonly (readonly [string, string])[] = [
    ['no input shape', sequential('layers.Dense(64)', 'layers.Dense(10)')],
    ['an open length', sequential('layers.Embedding(10, 4)', 'layers.Flatten()', 'layers.Dense(1)')],
    ['units that are not constant', sequential('layers.Dense(n, input_dim=3)')],
    ['a layer of the project', sequential('layers.Dense(1, input_dim=3)', 'Attention(3)')],
    [
      'layers added in a loop',
      'model = keras.Sequential()\nfor n in sizes:\n    model.add(layers.Dense(4, input_dim=3))',
    ],
    ['a list of elsewhere', 'model = keras.Sequential(build())'],
    ['two inputs', 'model = keras.Model([a, b], layers.concatenate([a, b]))'],
    ['a pretrained base', sequential('keras.applications.VGG16()', 'layers.Dense(1)')],
  ];
  for (const [title, body] of unknown) it(`unknown: ${title}`, () => assert.equal(count(body), undefined));
});
