import assert from 'node:assert/strict';
import { project, python, removeProjects } from './support/project.ts';

describe('usage of the command line', () => {
  afterEach(removeProjects);

  it('shows help and version', async () => {
    const files = project();
    const help = await files.run(['--help']);
    assert.equal(help.code, 0);
    for (const name of ['check', 'fix', 'report', 'rules', 'estimate', 'estimate-training']) {
      assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
      const own = await files.run([name, '--help']);
      assert.match(own.stdout, new RegExp(`^Usage: green-ai ${name} `, 'm'));
      assert.deepEqual(await files.run(['help', name]), own);
    }
    assert.deepEqual(await files.run(['--version']), { code: 0, stdout: '0.0.0-test\n', stderr: '' });
    assert.equal((await files.run([])).code, 2);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['chek', '.'], /^green-ai: unknown command "chek"; did you mean check\?/],
    [['check'], /^green-ai: check: a path is missing/],
    [['check', '.', '--formt', 'json'], /^green-ai: unknown option --formt; did you mean --format\?/],
    [['check', '.', '-x'], /^green-ai: unknown option -x/],
    [['check', '.', '--format'], /^green-ai: --format needs a value/],
    [['check', '.', '--format', '--exit-zero'], /^green-ai: --format needs a value/],
    [['check', '.', '--format=sarf'], /^green-ai: --format: "sarf" is none of text, json, sarif; did you mean sarif\?/],
    [['check', '.', '--exit-zero=yes'], /^green-ai: --exit-zero takes no value/],
    [['check', '.', '--rules', 'wastful-call'], /^green-ai: unknown rule "wastful-call"; did you mean wasteful-call\?/],
    [['check', '.', '--rules', ','], /^green-ai: --rules needs at least one rule id/],
    [['check', '.', '--config', 'none.toml'], /^green-ai: --config: no such file: none\.toml/],
    [['check', '.', '--baseline', 'none.json'], /^green-ai: --baseline: no such file: none\.json/],
    [['check', '.', '--baseline', 'a.py'], /^green-ai: baseline a\.py is not valid JSON/],
    [
      ['check', '.', '--profile', 'nvidia-t5'],
      /^green-ai: --profile: "nvidia-t5" is neither a profile nor a file; did you mean /,
    ],
    [['check', '.', '--max-file-size', 'big'], /^green-ai: --max-file-size: "big" is not a size/],
    [['check', '.', '--jobs', '0'], /^green-ai: --jobs: "0" is not a number from 1 to 999/],
    [['check', '-', 'a.py', '--stdin-filename', 'b.py'], /^green-ai: - cannot be combined/],
    [['report'], /^green-ai: report: a folder is missing/],
    [['report', '.', 'b'], /^green-ai: report: unexpected argument "b"/],
    [['report', 'nowhere'], /^green-ai: no such file or folder: nowhere/],
    [['rules', 'x'], /^green-ai: rules: unexpected argument "x"/],
    [['estimate'], /^green-ai: estimate: model: is missing/],
    [
      ['estimate', '--stdin', '--model', 'x'],
      /^green-ai: --stdin takes its requests from standard input, not from --model/,
    ],
  ];
  for (const [argv, message] of wrong) {
    it(`refuses: ${argv.join(' ')}`, async () => {
      const { code, stdout, stderr } = await project({ 'a.py': python('x = 1') }).run(argv);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }

  it('names a missing path, checks the others and exits with 2', async () => {
    const { code, stdout, stderr } = await project({ 'a.py': python('waste()') }).run(['check', 'gone.py', 'a.py']);
    assert.equal(code, 2);
    assert.equal(stderr, 'green-ai: no such file or folder: gone.py\n');
    assert.match(stdout, /^a\.py:2:1: warning/);
  });

  const configs: readonly (readonly [string, string, string])[] = [
    ['green-ai.toml', 'tier = "strickt"\n', 'green-ai.toml:1:1: tier: expected "recommended" or "strict"'],
    ['green-ai.toml', 'tier = \n', 'green-ai.toml:1:8: invalid TOML: '],
    [
      'pyproject.toml',
      '[tool.green-ai]\nteir = "strict"\n',
      'pyproject.toml:2:1: teir: unknown setting "teir"; did you mean "tier"?',
    ],
    [
      'pyproject.toml',
      '[project]\nname = "x"\n[tool.green-ai\ntier = "strict"\n',
      'pyproject.toml:3:15: invalid TOML: ',
    ],
    ['package.json', '{ "greenAi": { "tier" } }', 'package.json:1:23: invalid JSON: expected ":" after the name'],
    [
      'green-ai.json',
      '{\n  "rules": { "wastful-call": "off" }\n}',
      'green-ai.json:2:14: rules.wastful-call: unknown rule "wastful-call"; did you mean "wasteful-call"?',
    ],
    ['green-ai.json', '{ "tier": }', 'green-ai.json:1:11: invalid JSON: expected a value'],
    [
      'package.json',
      '{ "greenAi": { "smallestSavingKwh": "x" } }',
      'package.json:1:16: smallestSavingKwh: expected a number of 0 or more',
    ],
    [
      'green-ai.toml',
      'profile = "nvidia-t5"\n',
      'green-ai.toml:1:1: profile "nvidia-t5" is neither in the catalogue nor a file; did you mean ',
    ],
    ['green-ai.toml', 'region = "atlantis"\n', 'green-ai.toml:1:1: unknown region "atlantis"'],
    ['.green-ai/hardware.json', '{ "device": 4 }', '.green-ai/hardware.json:1:13: '],
  ];
  for (const [name, text, message] of configs) {
    it(`refuses a broken ${name}: ${message.slice(name.length + 1)}`, async () => {
      const files = project({ 'a.py': python('waste()'), [name]: text });
      const { code, stdout, stderr } = await files.run(['check', 'a.py']);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.ok(stderr.startsWith(message), stderr);
      assert.equal(stderr.split('\n').length, 2, stderr);
    });
  }

  it('uses the configuration that is named and no other', async () => {
    const files = project({
      'a.py': python('waste()', 'opinion()'),
      'green-ai.toml': '[rules]\nwasteful-call = "off"\n',
      'other/strict.toml': 'tier = "strict"\n',
    });
    const { stdout } = await files.run(['check', 'a.py', '--config', 'other/strict.toml']);
    assert.match(stdout, /wasteful-call[\s\S]*strict-call/);
  });

  it('lists the rules', async () => {
    const files = project();
    const { rules } = JSON.parse((await files.run(['rules', '--format', 'json'])).stdout);
    assert.deepEqual(Object.keys(rules[0]), [
      'id',
      'title',
      'category',
      'languages',
      'tier',
      'fixes',
      'catalogue',
      'libraries',
      'since',
      'docsUrl',
    ]);
    assert.deepEqual(rules[0].catalogue, ['catalogue-wasteful-call']);
    assert.match(
      (await files.run(['rules'])).stdout,
      /^wasteful-call +recommended +python, typescript +safe +Calls waste$/m,
    );
  });

  it('estimates one request, and many as lines', async () => {
    const files = project();
    const one = await files.run(['estimate', '--params', '7e9', '--hardware', 'NVIDIA A10G', '--format', 'json']);
    const answer = JSON.parse(one.stdout);
    assert.ok(
      answer.wh_per_request.low < answer.wh_per_request.mid && answer.wh_per_request.mid < answer.wh_per_request.high,
    );
    const stdin = '{"params": 7e9, "hardware": "NVIDIA A10G"}\nnonsense\n{"params": -1}\n';
    const lines = (await files.run(['estimate', '--stdin'], { stdin })).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], answer);
    assert.match(lines[1].error, /^request: is not valid JSON/);
    assert.match(lines[2].error, /^params: /);
    assert.match(
      (await files.run(['estimate', '--params', '7e9'])).stdout,
      /^Device energy per request +\S+ Wh {2}\(/m,
    );
  });
});
