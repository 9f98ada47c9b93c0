import assert from 'node:assert/strict';
import { ExampleAnalyser } from './support/analyseExample.ts';

const RULE = 'llm-unstable-prefix';
const LONG = Array.from(
  { length: 80 },
  (_, at) => `${at}. Quote the paragraph of the contract that you rely on, whatever is asked.`,
);

describe(RULE, () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  const reports = (body: string): readonly (readonly [string, string])[] => {
    const text = [
      "import OpenAI from 'openai';",
      "import express from 'express';",
      'const client = new OpenAI();',
      'const app = express();',
      `const RULES = \`${LONG.join(' ')}\`;`,
      'const about = (userName) => "You help " + userName + ". " + RULES;',
      `app.post('/ask', async (req, res) => { ${body} });`,
    ].join('\n');
    const found = analyser.findings(RULE, 'ts', text, new Map());
    return found.map(({ severity, message }) => [severity, /`([^`]*)`/.exec(message.what)?.[1] ?? '']);
  };
  const create = (system: string, rest = ''): string =>
    `res.json(await client.chat.completions.create({ model: 'gpt-4.1', ${rest}messages: [{ role: 'system', content: ${system} }, { role: 'user', content: req.body.q }] }))`;

  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['the name of the user', create("'You help ' + req.user.name + RULES"), [['hint', 'req.user.name']]],
    ['a prompt of a function', create('about(req.user.name)'), [['hint', 'req.user.name']]],
    ['a prompt of a function with a constant', create("about('the customer')"), []],
    [
      'a clock behind a name',
      create("'You help ' + req.user.name + new Date().toISOString() + RULES"),
      [['information', 'new Date().toISOString()']],
    ],
    ['tools in another order', create('RULES', 'tools: shuffle(TOOLS), '), [['information', 'shuffle(TOOLS)']]],
    ['tools in one order', create('RULES', 'tools: TOOLS, '), []],
    ['the name of a tool', create("'You are ' + req.body.toolName + RULES"), []],
    ['a name behind the rules', create('RULES + req.user.name'), []],
  ];
  for (const [title, body, expected] of cases) it(title, () => assert.deepEqual(reports(body), expected));
});
