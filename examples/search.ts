// Local semantic search on Node with Transformers.js.

import { readFile } from 'node:fs/promises';
import express from 'express';
import { AutoModelForSequenceClassification, AutoTokenizer, pipeline } from '@huggingface/transformers';

const ENCODER = 'Xenova/bge-base-en-v1.5';
const RERANKER = 'Xenova/ms-marco-MiniLM-L-6-v2';

interface Note {
  readonly title: string;
  readonly text: string;
}

// On Node no dtype means fp32: the 8-bit default holds only in the browser.
const extractor = await pipeline('feature-extraction', ENCODER);

const reranker = await AutoModelForSequenceClassification.from_pretrained(RERANKER, { dtype: 'fp32' });
const tokenizer = await AutoTokenizer.from_pretrained(RERANKER);

const notes: Note[] = JSON.parse(await readFile('data/notes.json', 'utf8'));

async function embedTitles(): Promise<number[][]> {
  const vectors: number[][] = [];
  for (const { title } of notes) {
    const output = await extractor(title, { pooling: 'mean', normalize: true });
    vectors.push(output.tolist()[0]);
  }
  return vectors;
}

const vectors = await embedTitles();
const app = express();
app.use(express.json());

app.get('/search', async (request, response) => {
  const query = String(request.query.q);
  const [queryVector] = (await extractor(query, { pooling: 'mean', normalize: true })).tolist();
  const scores = vectors.map((vector) => vector.reduce((sum, value, i) => sum + value * queryVector[i], 0));
  const best = scores.map((score, index) => ({ score, index })).sort((a, b) => b.score - a.score).slice(0, 20);
  const pairs = best.map(({ index }) => notes[index]?.text ?? '');
  const inputs = await tokenizer(pairs.map(() => query), { text_pair: pairs, padding: true, truncation: true });
  const { logits } = await reranker(inputs);
  response.json({ best, logits: logits.tolist() });
});

app.post('/summary', async (request, response) => {
  const summariser = await pipeline('summarization', 'Xenova/distilbart-cnn-6-6', { dtype: 'q8' });
  response.json(await summariser(request.body.text));
});

// Correct: 8-bit weights, loaded by the first request and kept.
const createTagger = () => pipeline('token-classification', 'Xenova/bert-base-NER', { dtype: 'q8' });
let sharedTagger: ReturnType<typeof createTagger> | undefined;

app.post('/entities', async (request, response) => {
  const tagger = await (sharedTagger ??= createTagger());
  response.json(await tagger(request.body.text));
});

app.listen(3000);
