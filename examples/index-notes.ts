// Builds a vector index of all notes with the OpenAI API.

import { readFile, writeFile } from 'node:fs/promises';
import OpenAI from 'openai';

const MODEL = 'text-embedding-3-small';
const client = new OpenAI();

interface Note {
  readonly id: string;
  readonly text: string;
}

// One request for every note.
async function embedNotes(notes: readonly Note[]): Promise<number[][]> {
  const vectors: number[][] = [];
  for (const note of notes) {
    const result = await client.embeddings.create({ model: MODEL, input: note.text });
    vectors.push(result.data[0].embedding);
  }
  return vectors;
}

async function embedText(text: string): Promise<number[]> {
  const { data } = await client.embeddings.create({ model: MODEL, input: text });
  return data[0].embedding;
}

// The same through a helper: the loop is where it costs.
async function embedTags(tags: readonly string[]): Promise<Map<string, number[]>> {
  const index = new Map<string, number[]>();
  for (const tag of tags) {
    index.set(tag, await embedText(tag));
  }
  return index;
}

// Correct: lists of at most 256 texts.
async function embedTitles(titles: readonly string[]): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let start = 0; start < titles.length; start += 256) {
    const { data } = await client.embeddings.create({ model: MODEL, input: titles.slice(start, start + 256) });
    vectors.push(...data.map((item) => item.embedding));
  }
  return vectors;
}

const notes: Note[] = JSON.parse(await readFile('data/notes.json', 'utf8'));
const tags: string[] = JSON.parse(await readFile('data/tags.json', 'utf8'));
const index = {
  notes: await embedNotes(notes),
  tags: [...(await embedTags(tags))],
  titles: await embedTitles(notes.map((note) => note.text.split('\n', 1)[0] ?? '')),
};
await writeFile('data/index.json', JSON.stringify(index));
