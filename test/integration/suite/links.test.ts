import assert from 'node:assert/strict';
import {
  closeAll,
  diagnosticOf,
  diagnosticsWhen,
  isEmpty,
  LOAD_RULE,
  openFile,
  workspaceUri,
  write,
} from './support.ts';

const LOADER = `from transformers import pipeline


def load_model():
    return pipeline("sentiment-analysis", model="distilbert-base-uncased-finetuned-sst-2-english")
`;

const HANDLER = `from fastapi import FastAPI
from linked.loader import load_model

app = FastAPI()


@app.post("/classify")
def classify(text: str):
    return load_model()(text)
`;

describe('facts across files', () => {
  afterEach(closeAll);

  it('come from files that are not open, and go when those files change', async () => {
    await write('linked/handler.py', HANDLER);
    const document = await openFile('linked/loader.py', LOADER);
    const diagnostic = await diagnosticOf(document.uri, LOAD_RULE);
    const [related] = diagnostic.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), workspaceUri('linked/handler.py').toString());
    assert.equal(related.location.range.start.line, 8);
    await write('linked/handler.py', HANDLER.replace('load_model()(text)', 'text'));
    await diagnosticsWhen(document.uri, isEmpty);
  });
});
