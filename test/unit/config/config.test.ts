import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { mergeConfigs } from '../../../src/core/config/config.ts';
import { CONFIG_FILES, parseConfig } from '../../../src/core/config/parseConfig.ts';

const RULES = new Set(['file-read-in-loop', 'model-load-per-call']);

function parsed(name: string, text: string) {
  const found = parseConfig(name, text, CONFIG_FILES[name] ?? [], RULES);
  return (
    found && {
      config: found.config,
      issues: found.issues.map(
        ({ message, range: { start } }) => `${start.line + 1}:${start.character + 1} ${message}`,
      ),
    }
  );
}

const FULL = {
  tier: 'strict',
  rules: { 'file-read-in-loop': 'off', 'model-load-per-call': 'hint' },
  exclude: ['legacy/**'],
  'smallest-saving-kwh': 0.5,
  profile: 'nvidia-t4',
  region: 'FR',
  workload: { 'requests-per-year': 1000, concurrency: 4 },
  baseline: 'accepted.json',
};

const EXPECTED = {
  tier: 'strict',
  rules: FULL.rules,
  exclude: ['legacy/**'],
  smallestSavingKwh: 0.5,
  profile: 'nvidia-t4',
  region: 'FR',
  workload: { requestsPerYear: 1000, concurrency: 4 },
  baseline: 'accepted.json',
};

const TOML = `tier = "strict"
exclude = ["legacy/**"]
smallest-saving-kwh = 0.5
profile = "nvidia-t4"
region = "FR"
baseline = "accepted.json"
`;

describe('parseConfig', () => {
  it('reads the same from every format', () => {
    const tables = (prefix: string): string => `[${prefix}rules]
file-read-in-loop = "off"
model-load-per-call = "hint"
[${prefix}workload]
requests-per-year = 1000
concurrency = 4
`;
    const whole = { config: EXPECTED, issues: [] };
    assert.deepEqual(parsed('green-ai.toml', TOML + tables('')), whole);
    assert.deepEqual(
      parsed('pyproject.toml', `[project]\nname = "x"\n[tool.green-ai]\n${TOML}${tables('tool.green-ai.')}`),
      whole,
    );
    assert.deepEqual(parsed('green-ai.json', `// with comments\n${JSON.stringify({ $schema: 'x', ...FULL })}`), whole);
    assert.deepEqual(parsed('package.json', JSON.stringify({ name: 'x', greenAi: FULL })), whole);
  });

  it('understands camelCase', () => {
    const text = '{"smallestSavingKwh": 1, "workload": {"requestsPerYear": 5}}';
    assert.deepEqual(parsed('green-ai.json', text)?.config, { smallestSavingKwh: 1, workload: { requestsPerYear: 5 } });
  });

  it('skips shared files without our table, and broken ones, which are not ours to report', () => {
    assert.equal(parsed('pyproject.toml', '[tool.ruff]\n'), undefined);
    assert.equal(parsed('package.json', '{"name": "x"}'), undefined);
    assert.equal(parsed('package.json', '{'), undefined);
    assert.deepEqual(parsed('green-ai.toml', ''), { config: {}, issues: [] });
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['green-ai.toml', 'x = 1\n\n\ntier = "strickt"\n', '4:1 tier: expected "recommended" or "strict"'],
    [
      'green-ai.toml',
      '[rules]\n"model-load-per-cal" = "off"\n',
      '2:1 rules.model-load-per-cal: unknown rule "model-load-per-cal"; did you mean "model-load-per-call"?',
    ],
    [
      'green-ai.toml',
      'rules = { file-read-in-loop = "error" }\n',
      '1:11 rules.file-read-in-loop: expected "off", "hint", "information" or "warning"',
    ],
    [
      'green-ai.toml',
      'rules.file-read-in-loop = 3\n',
      '1:1 rules.file-read-in-loop: expected "off", "hint", "information" or "warning"',
    ],
    ['green-ai.toml', 'smallest-saving-kwh = -1\n', '1:1 smallest-saving-kwh: expected a number of 0 or more'],
    ['green-ai.toml', '[workload]\nconcurrency = 0\n', '2:1 workload.concurrency: expected a number of 1 or more'],
    [
      'green-ai.toml',
      '[workload]\nrequest-per-year = 3\n',
      '2:1 workload.request-per-year: unknown setting "request-per-year"; did you mean "requests-per-year"?',
    ],
    ['green-ai.toml', 'exclude = "a"\n', '1:1 exclude: expected a list of patterns'],
    ['green-ai.json', '{\n  "profile": ""\n}', '2:3 profile: expected a text'],
    ['green-ai.json', '[]', '1:1 expected a table of settings'],
    ['green-ai.json', '{"tier" "strict"}', '1:9 invalid JSON: expected ":" after the name'],
    ['package.json', '{\r\n"greenAi": {\r\n"tier": 1}}', '3:1 tier: expected "recommended" or "strict"'],
    [
      'pyproject.toml',
      '[tool.green-ai]\ntier = 1\n[tool.other]\ntier = 2\n',
      '2:1 tier: expected "recommended" or "strict"',
    ],
  ];
  for (const [name, text, expected] of wrong) {
    it(`places: ${name} ${expected}`, () => {
      assert.ok(parsed(name, text)?.issues.includes(expected), JSON.stringify(parsed(name, text)?.issues));
    });
  }

  it('keeps what is right of a file with mistakes', () => {
    assert.deepEqual(parsed('green-ai.toml', 'tier = "strict"\nregion = 3\n')?.config, { tier: 'strict' });
  });
});

describe('mergeConfigs', () => {
  it('lets the later layer win, key by key inside rules and workload', () => {
    const merged = mergeConfigs(
      { tier: 'strict', rules: { a: 'off', b: 'hint' }, workload: { runsPerYear: 1 }, region: 'FR' },
      {},
      { tier: 'recommended', rules: { b: 'warning' }, workload: { itemsPerYear: 2 } },
    );
    assert.deepEqual(merged, {
      tier: 'recommended',
      rules: { a: 'off', b: 'warning' },
      workload: { runsPerYear: 1, itemsPerYear: 2 },
      region: 'FR',
    });
  });
});

describe('the schema of green-ai.json', () => {
  const schema = JSON.parse(readFileSync(path.resolve('schemas/config.schema.json'), 'utf8'));
  const validate = new Ajv().compile(schema);

  it('agrees with the reader', () => {
    const samples: readonly object[] = [
      FULL,
      {},
      { tier: 'strickt' },
      { teir: 'strict' },
      { exclude: 'a' },
      { exclude: [1] },
      { profile: '' },
      { 'smallest-saving-kwh': -1 },
      { workload: { concurrency: 0 } },
      { workload: { x: 1 } },
      { rules: { 'file-read-in-loop': 'error' } },
      { rules: { 'no-such-rule': 'off' } },
      { rules: [] },
    ];
    for (const sample of samples) {
      const text = JSON.stringify(sample);
      const known = parseConfig('green-ai.json', text, [], new Set(schema.definitions.ruleId.enum));
      assert.equal(validate(sample), known?.issues.length === 0, text);
    }
  });
});
