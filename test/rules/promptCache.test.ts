import assert from 'node:assert/strict';
import { ExampleAnalyser } from './support/analyseExample.ts';
import { applyFix } from './support/applyFix.ts';

const RULE = 'llm-prompt-cache-unused';
const LONG = Array.from(
  { length: 60 },
  (_, at) => `${at}. Quote the paragraph of the contract that you rely on, whatever is asked.`,
);
const MODEL = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';

describe('llm-prompt-cache-unused in other interfaces', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  const program = (head: string, call: string, rules = LONG.join('\n')): string =>
    `${head}\nconst RULES = \`${rules}\`;\nexport async function POST(request) {\n  const q = await request.text();\n  return ${call};\n}\n`;
  const find = (text: string) => analyser.findings(RULE, 'ts', text, new Map([['path', 'app/api/chat/route.ts']]));

  const bedrock =
    "import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';\nconst client = new BedrockRuntimeClient({});";
  const converse = (model: string, system: string): string =>
    `client.send(new ConverseCommand({ modelId: '${model}', system: ${system}, messages: [{ role: 'user', content: [{ text: q }] }] }))`;
  const langChain =
    "import { ChatAnthropic } from '@langchain/anthropic';\nimport { HumanMessage, SystemMessage } from '@langchain/core/messages';\nconst chat = new ChatAnthropic({ model: 'claude-sonnet-4-5' });";
  const aiSdk =
    "import { bedrock } from '@ai-sdk/amazon-bedrock';\nimport { anthropic } from '@ai-sdk/anthropic';\nimport { generateText } from 'ai';";

  const uncached: readonly (readonly [string, string, string, RegExp])[] = [
    ['Converse', bedrock, converse(MODEL, '[{ text: RULES }]'), /cachePoint: \{ type: "default" \}/],
    [
      'InvokeModel',
      bedrock,
      `client.send(new InvokeModelCommand({ modelId: '${MODEL}', body: JSON.stringify({ max_tokens: 9, system: RULES, messages: [{ role: 'user', content: q }] }) }))`,
      /cache_control: \{ type: "ephemeral" \}/,
    ],
    [
      'LangChain messages',
      langChain,
      'chat.invoke([new SystemMessage(RULES), new HumanMessage(q)])',
      /new SystemMessage/,
    ],
    ['LangChain pairs', langChain, "chat.invoke([['system', RULES], ['human', q]])", /new SystemMessage/],
    [
      'AI SDK',
      aiSdk,
      "generateText({ model: anthropic('claude-sonnet-4-5'), system: RULES, prompt: q })",
      /cacheControl/,
    ],
    [
      'AI SDK on Bedrock',
      aiSdk,
      `generateText({ model: bedrock('${MODEL}'), system: RULES, prompt: q })`,
      /cachePoint/,
    ],
  ];
  for (const [title, head, call, advice] of uncached) {
    it(`tells the spelling of ${title}`, () => {
      const [found, ...others] = find(program(head, call));
      assert.deepEqual(others, []);
      assert.match(found?.message.advice ?? '', advice);
    });
  }

  it('puts a cache point behind the block of Converse', () => {
    const text = program(bedrock, converse(MODEL, '[{ text: RULES }]'));
    const [fix] = find(text)[0]?.fixes ?? [];
    assert.ok(fix);
    const fixed = applyFix(text, fix, false);
    assert.match(fixed, /system: \[\{ text: RULES \}, \{ cachePoint: \{ type: 'default' \} \}\]/);
    assert.deepEqual(find(fixed), []);
  });

  const silent: readonly (readonly [string, string])[] = [
    ['a short prompt', program(bedrock, converse(MODEL, '[{ text: RULES }]'), 'Be brief.')],
    [
      'a model that Bedrock does not cache',
      program(bedrock, converse('anthropic.claude-3-haiku-20240307-v1:0', '[{ text: RULES }]')),
    ],
    ['a model that caches by itself', program(bedrock, converse('amazon.nova-pro-v1:0', '[{ text: RULES }]'))],
    ['a prompt that begins with the question', program(bedrock, converse(MODEL, '[{ text: q + RULES }]'))],
    [
      'a LangChain model of another provider',
      program(
        langChain.replaceAll('anthropic', 'openai').replaceAll('Anthropic', 'OpenAI'),
        'chat.invoke([new SystemMessage(RULES), new HumanMessage(q)])',
      ),
    ],
  ];
  for (const [title, text] of silent) it(`is silent for ${title}`, () => assert.deepEqual(find(text), []));
});
