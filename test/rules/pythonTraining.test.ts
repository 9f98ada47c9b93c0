import assert from 'node:assert/strict';
import { ExampleAnalyser, joinCells } from './support/analyseExample.ts';

interface Spelling {
  readonly rule: string;
  readonly name: string;
  readonly text: string;
  readonly reports: number;
  readonly isNotebook?: boolean;
}

const LOOP = 'for epoch in range(20):\n    for batch in loader:\n        step(batch)\n';
const BERT =
  'from transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained("google-bert/bert-base-uncased")\n';

/** The same waste in the spellings of real code, and the traps beside it. */
const SPELLINGS: readonly Spelling[] = [
  {
    rule: 'torch-dataloader-not-persistent',
    name: 'alias of the module, workers of a class of settings',
    text: `import torch.utils.data as tud\nclass CFG:\n    workers = 4\nloader = tud.DataLoader(images, num_workers=CFG.workers)\n${LOOP}`,
    reports: 1,
  },
  {
    rule: 'torch-dataloader-not-persistent',
    name: 'a sampler that is told the epoch works in the main process',
    text: `from torch.utils.data import DataLoader\nloader = DataLoader(images, num_workers=4, sampler=sampler)\n${LOOP.replace('    for', '    sampler.set_epoch(epoch)\n    for')}`,
    reports: 1,
  },
  {
    rule: 'torch-dataloader-not-persistent',
    name: 'a mapping that code changes later',
    text: `from torch.utils.data import DataLoader\noptions = {"num_workers": 4}\noptions["persistent_workers"] = True\nloader = DataLoader(images, **options)\n${LOOP}`,
    reports: 0,
  },
  {
    rule: 'hf-pad-max-length',
    name: 'a named constant, with a function that the mapped one calls',
    text: `${BERT}PADDING = "max_length"\ndef encode(texts):\n    return tok(texts, padding=PADDING, max_length=384)\ndef prepare(rows):\n    return encode(rows["text"])\ndata = data.map(prepare, batched=True)\n`,
    reports: 1,
  },
  {
    rule: 'hf-pad-max-length',
    name: 'code in a string',
    text: `${BERT}EXAMPLE = """data.map(lambda rows: tok(rows, padding="max_length"))"""\n`,
    reports: 0,
  },
  {
    rule: 'keras-no-early-stopping',
    name: 'an own subclass of the model',
    text: 'import tensorflow as tf\nclass Net(tf.keras.Model):\n    pass\nnet = Net()\nnet.fit(x, y, epochs=80, validation_data=held_out)\n',
    reports: 1,
  },
  {
    rule: 'keras-no-early-stopping',
    name: 'a fit of scikit-learn',
    text: 'import keras\nfrom sklearn.linear_model import SGDClassifier\nmodel = SGDClassifier()\nmodel.fit(x, y, epochs=80, validation_split=0.1)\n',
    reports: 0,
  },
  {
    rule: 'sklearn-exhaustive-grid',
    name: 'the grid in another cell',
    text: joinCells([
      'from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import GridSearchCV\ngrid = dict(max_depth=[2, 4, 8, 16, 32], max_features=[0.2, 0.4, 0.6, 0.8])\n',
      'search = GridSearchCV(RandomForestClassifier(), param_grid=grid, cv=5)\nsearch.fit(x, y)\n',
    ]),
    reports: 1,
    isNotebook: true,
  },
  {
    rule: 'generate-one-by-one',
    name: 'a function given to a progress bar over a column',
    text: 'from transformers import pipeline as make\nclassify = make("text-classification", device="cuda:0")\ndef label(text):\n    return classify(text)[0]["label"]\nframe["label"] = frame["text"].progress_apply(label)\n',
    reports: 1,
  },
  {
    rule: 'generate-one-by-one',
    name: 'a dictionary comprehension',
    text: 'from transformers import pipeline\nclassify = pipeline("text-classification", device=0)\nlabels = {key: classify(review) for key, review in reviews.items()}\n',
    reports: 1,
  },
  {
    rule: 'full-precision-training',
    name: 'settings in a mapping that sets no precision',
    text: 'from transformers import AutoModelForSequenceClassification as Auto, Trainer, TrainingArguments\nsettings = {"num_train_epochs": 3}\nmodel = Auto.from_pretrained("FacebookAI/roberta-large")\nTrainer(model=model, args=TrainingArguments("out", **settings), train_dataset=data).train()\n',
    reports: 1,
  },
  {
    rule: 'full-precision-training',
    name: 'settings in a mapping that sets bfloat16',
    text: 'from transformers import AutoModelForSequenceClassification as Auto, Trainer, TrainingArguments\nsettings = {"bf16": True}\nmodel = Auto.from_pretrained("FacebookAI/roberta-large")\nTrainer(model=model, args=TrainingArguments("out", **settings), train_dataset=data).train()\n',
    reports: 0,
  },
  {
    rule: 'pandas-iterrows',
    name: 'an attribute of an object, another name for the row',
    text: 'import pandas as pd\nframe = pd.read_csv("a.csv").dropna()\nout = []\nfor _, record in frame.iterrows():\n    out.append(f"{record[\'a\']}-{record[\'b\']}")\n',
    reports: 1,
  },
];

describe('spellings of wasteful trainings and pipelines', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  for (const { rule, name, text, reports, isNotebook } of SPELLINGS) {
    it(`${rule}: ${name}`, () => {
      const options = new Map(isNotebook ? [['cells', '']] : []);
      assert.equal(analyser.findings(rule, 'python', text, options).length, reports);
    });
  }
});
