import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/engine/analysis.ts';
import { versionFacts } from '../../../src/core/semantics/declaredVersions.ts';
import { type Ecosystem, manifestRank, readManifest } from '../../../src/core/versions/readManifest.ts';
import { resolveVersions } from '../../../src/core/versions/resolveVersions.ts';
import { runtimeOf } from '../../../src/core/versions/runtimeOf.ts';
import { overlayVersions, sourceVersions } from '../../../src/core/versions/sourceVersions.ts';

/** Names with what was read of them, as one line each. */
function declared(file: string, text: string, folder = ''): readonly string[] {
  const found = readManifest(file, text, folder);
  if ('error' in found) return [`error: ${found.error}`];
  return found.declarations.map(({ name, constraint: { exact, min = '', below = '' } }) =>
    exact === undefined ? `${name} ${min}..${below}` : `${name} =${exact}`,
  );
}

describe('readManifest', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'requirements.txt',
      '# all\n-r base.txt\n--extra-index-url https://example.org\ntransformers==4.44.0  # pinned\ntorch>=2.0 \\\n  --hash=sha256:0123\n-e git+https://example.org/x.git#egg=x\nnumpy\n',
      ['transformers =4.44.0', 'torch 2.0..', 'x ..', 'numpy ..'],
    ],
    [
      'pyproject.toml',
      '[project]\nname = "a"\ndependencies = ["transformers>=4.30,<5"]\n[project.optional-dependencies]\ngpu = ["torch~=2.1"]\n[dependency-groups]\ndev = ["vllm==0.5.0", {include-group = "x"}]\n[tool.uv]\ndev-dependencies = ["peft>=0.1"]\n',
      ['transformers 4.30..5', 'torch 2.1..3', 'vllm =0.5.0', 'peft 0.1..'],
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.10"\ntransformers = {version = "^4.40", extras = ["torch"]}\ntorch = {git = "https://example.org/x"}\n[tool.poetry.group.dev.dependencies]\nnumpy = "1.26.4"\n',
      ['python 3.10..4', 'transformers 4.40..5', 'torch ..', 'numpy =1.26.4'],
    ],
    ['Pipfile', '[packages]\ntransformers = "==4.40.0"\ntorch = "*"\n', ['transformers =4.40.0', 'torch ..']],
    [
      'Pipfile.lock',
      '{"default": {"transformers": {"version": "==4.40.0"}}, "develop": {"x": {}}}',
      ['transformers =4.40.0'],
    ],
    ['uv.lock', 'version = 1\n[[package]]\nname = "Torch"\nversion = "2.1.0+cpu"\n', ['torch =2.1.0+cpu']],
    [
      'poetry.lock',
      '[[package]]\nname = "transformers"\nversion = "4.44.2"\n[[package]]\nname = "broken"\n',
      ['transformers =4.44.2'],
    ],
    [
      'setup.cfg',
      '[metadata]\nname = x\n[options]\ninstall_requires =\n    transformers>=4.30\n    # no\n    torch\npython_requires = >=3.9\n[options.extras_require]\ngpu = vllm==0.5\n',
      ['transformers 4.30..', 'torch ..', 'vllm =0.5'],
    ],
    [
      'setup.py',
      'setup(\n  name="x",\n  install_requires=["transformers>=4.30", \'torch\'],  # "no"\n  extras_require={"gpu": ["vllm==0.5"]},\n)\n',
      ['transformers 4.30..', 'torch ..', 'vllm =0.5'],
    ],
    [
      'environment.yml',
      'dependencies:\n  - python=3.10\n  - conda-forge::transformers=4.40\n  - pytorch>=2.1\n  - numpy=1.26.4=py311_0\n  - pip:\n      - vllm==0.5.0\n',
      ['python 3.10..3.11', 'transformers 4.40..4.41', 'torch 2.1..', 'numpy 1.26.4..1.26.5', 'vllm =0.5.0'],
    ],
    [
      'package.json',
      '{"dependencies": {"@HuggingFace/transformers": "^3.0.0"}, "devDependencies": {"openai": "latest"}, "peerDependencies": {"x": 3}}',
      ['@huggingface/transformers 3.0.0..4', 'openai ..', 'x 3..4'],
    ],
    [
      'package-lock.json',
      '{"lockfileVersion": 1, "dependencies": {"openai": {"version": "4.1.0"}}}',
      ['openai =4.1.0'],
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\nopenai@^4.0.0, openai@^4.1.0:\n  version "4.2.0"\n\n"@a/b@^1":\n  version "1.0.0"\n\ntwo@1:\n  version "1.0.0"\ntwo@2:\n  version "2.0.0"\n',
      ['openai =4.2.0', '@a/b =1.0.0'],
    ],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"@huggingface/transformers@npm:^3.0.0":\n  version: 3.1.0\n  resolution: "x"\n\n"app@workspace:.":\n  version: 0.0.0-use.local\n',
      ['@huggingface/transformers =3.1.0', 'app =0.0.0-use.local'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`reads ${name}: ${expected[0]}`, () => {
      const found = declared(name, text).filter((line) => !line.startsWith('__metadata'));
      assert.deepEqual(found, expected);
    });
  }

  it('reads the package of a workspace from lock files of several', () => {
    const npm = JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { version: '1.0.0' },
        'node_modules/openai': { version: '4.1.0' },
        'packages/a/node_modules/openai': { version: '5.0.0' },
        'node_modules/x/node_modules/openai': { version: '1.0.0' },
      },
    });
    assert.deepEqual(declared('package-lock.json', npm), ['openai =4.1.0']);
    assert.deepEqual(declared('package-lock.json', npm, 'packages/a'), ['openai =5.0.0']);
    const pnpm =
      'importers:\n  .:\n    dependencies:\n      openai:\n        specifier: ^4\n        version: 4.1.0(zod@3.2.1)\n  packages/a:\n    dependencies:\n      openai:\n        version: 5.0.0\n';
    assert.deepEqual(declared('pnpm-lock.yaml', pnpm), ['openai =4.1.0']);
    assert.deepEqual(declared('pnpm-lock.yaml', pnpm, 'packages/a'), ['openai =5.0.0']);
    assert.deepEqual(declared('pnpm-lock.yaml', 'dependencies:\n  openai: 4.0.0_zod@3.1.0\n'), ['openai =4.0.0']);
  });

  it('tells what is broken and where, and never throws', () => {
    assert.deepEqual(readManifest('pyproject.toml', '[project]\nname = \n', ''), {
      error: 'Invalid TOML document: invalid value',
      line: 2,
      column: 8,
    });
    for (const name of ['package.json', 'uv.lock', 'Pipfile', 'Pipfile.lock', 'package-lock.json']) {
      assert.ok('error' in readManifest(name, '{[', ''), name);
    }
    assert.ok('error' in readManifest('environment.yml', 'a: [', ''));
    for (const name of ['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'environment.yml', 'Pipfile.lock']) {
      for (const text of ['null', '3', '[]', '{"dependencies": 3, "packages": []}'])
        assert.deepEqual(declared(name, text), [], name + text);
    }
  });

  it('knows what its lists leave open', () => {
    const isComplete = (name: string, text: string): boolean | undefined => {
      const found = readManifest(name, text, '');
      return 'error' in found ? undefined : found.isComplete;
    };
    assert.equal(isComplete('pyproject.toml', '[project]\ndynamic = ["dependencies"]\n'), false);
    assert.equal(isComplete('setup.py', 'setup(install_requires=open("r.txt").readlines())'), false);
    assert.equal(isComplete('setup.py', 'setup(install_requires=["a"])'), true);
  });

  it('knows manifests by name, the most telling first', () => {
    const ranked = (names: readonly string[], ecosystem: Ecosystem) =>
      names
        .filter((name) => manifestRank(name, ecosystem) !== undefined)
        .sort((a, b) => (manifestRank(a, ecosystem) ?? 0) - (manifestRank(b, ecosystem) ?? 0));
    const names = [
      'uv.lock',
      'dev-requirements.txt',
      'pyproject.toml',
      'requirements.txt',
      'package.json',
      'notes.txt',
      'requirements-gpu.txt',
    ];
    assert.deepEqual(ranked(names, 'python'), [
      'requirements.txt',
      'pyproject.toml',
      'dev-requirements.txt',
      'requirements-gpu.txt',
      'uv.lock',
    ]);
    assert.deepEqual(ranked(names, 'npm'), ['package.json']);
  });
});

describe('resolveVersions', () => {
  const place = (path: string, text: string) => {
    const manifest = readManifest(path.replace(/^.*\//, ''), text, '');
    assert.ok(!('error' in manifest));
    return { path, manifest };
  };

  it('takes the nearest manifest, and from a lock file what agrees with it', () => {
    const versions = resolveVersions(
      [
        place('app/requirements.txt', 'transformers>=4.40\ntorch\n'),
        place('requirements.txt', 'transformers==4.30.0\ntorch==2.0.0\nnumpy==1.0\n'),
        place(
          'uv.lock',
          '[[package]]\nname = "transformers"\nversion = "4.44.0"\n[[package]]\nname = "numpy"\nversion = "2.0.0"\n',
        ),
      ],
      true,
    );
    assert.deepEqual(versions, {
      complete: true,
      ranges: {
        transformers: { exact: '4.44.0', min: '4.44.0', declaredBy: 'uv.lock: transformers 4.44.0' },
        torch: { exact: '2.0.0', min: '2.0.0', declaredBy: 'requirements.txt: torch==2.0.0' },
        numpy: { exact: '1.0', min: '1.0', declaredBy: 'requirements.txt: numpy==1.0' },
      },
      undecided: [],
    });
  });

  it('unites alternatives under markers', () => {
    const text = "torch==2.0.0; python_version < '3.10'\ntorch==2.2.0; python_version >= '3.10'\n";
    const { ranges } = resolveVersions([place('requirements.txt', text)], true);
    assert.equal(ranges['torch']?.exact, undefined);
    assert.equal(ranges['torch']?.min, '2.0.0');
  });

  for (const [title, file, text, expected] of [
    ['a pin for one platform only', 'requirements.txt', 'transformers==4.40; sys_platform=="win32"', undefined],
    [
      'a pin for Python versions that nobody has',
      'requirements.txt',
      'transformers==4.40; python_version<"3"',
      undefined,
    ],
    [
      'a pin under conditions that always hold',
      'requirements.txt',
      "transformers==4.40 ; python_version >= '3.9' and python_version < '4.0'",
      '4.40',
    ],
    [
      'alternatives that agree',
      'requirements.txt',
      'transformers==4.40; sys_platform == "win32"\ntransformers==4.40; sys_platform != "win32"',
      '4.40',
    ],
    [
      'alternatives with a gap',
      'requirements.txt',
      'transformers==4.40; platform_system == "Windows"\ntransformers==4.40; platform_system == "Darwin"',
      undefined,
    ],
    [
      'a pin for one platform beside an open requirement',
      'requirements.txt',
      'transformers\ntransformers==4.40; sys_platform == "win32"',
      undefined,
    ],
    ['a marker that is not understood', 'requirements.txt', 'transformers==4.40; moon == "full"', undefined],
    [
      'Poetry',
      'pyproject.toml',
      '[tool.poetry.dependencies]\ntransformers = {version = "4.40", markers = "sys_platform == \'win32\'"}\n',
      undefined,
    ],
    [
      'Poetry, alternatives',
      'pyproject.toml',
      '[tool.poetry.dependencies]\ntransformers = [{version = "4.40", python = "<3.12"}, {version = "4.40", python = ">=3.12"}]\n',
      '4.40',
    ],
    [
      'Pipenv',
      'Pipfile',
      '[packages]\ntransformers = {version = "==4.40", sys_platform = "== \'win32\'"}\n',
      undefined,
    ],
    [
      'a lock file of Pipenv',
      'Pipfile.lock',
      '{"default": {"transformers": {"version": "==4.40", "markers": "python_version >= \'3.8\'"}}}',
      '4.40',
    ],
  ] as const) {
    it(`markers: ${title}`, () => {
      const { ranges, undecided } = resolveVersions([place(file, text)], true);
      assert.equal(ranges['transformers']?.exact, expected);
      assert.deepEqual(undecided.includes('transformers'), expected === undefined);
    });
  }

  it('answers absent, known and unknown', () => {
    const facts = versionFacts(
      resolveVersions([place('requirements.txt', 'Sentence_Transformers==2.0\ntorch\n')], true),
    );
    assert.equal(facts.version('sentence-transformers').kind, 'known');
    assert.equal(facts.version('torch').kind, 'unknown');
    assert.equal(facts.version('vllm').kind, 'absent');
    assert.equal(versionFacts(resolveVersions([], true)).version('vllm').kind, 'unknown');
    const silent = place('pyproject.toml', '[tool.ruff]\nline-length = 100\n');
    assert.equal(versionFacts(resolveVersions([silent], true)).version('vllm').kind, 'unknown');
  });
});

describe('sourceVersions', () => {
  it('reads installations in notebooks, which stand above the manifests', () => {
    const cell = (text: string, language: 'python' | 'other' = 'python') => ({ language, text });
    const input: AnalysisInput = {
      kind: 'notebook',
      path: 'n.ipynb',
      cells: [
        cell('pip install x==9', 'other'),
        cell(
          '%pip install -q "transformers==4.44.0" accelerate \\\n  torch>=2.0 && echo done==1\n!pip3 install {name} -r r.txt vllm==0.5 # why==1',
        ),
      ],
    };
    const nearer = sourceVersions(input);
    assert.deepEqual(
      Object.entries(nearer.ranges).map(([name, { exact, min }]) => `${name} ${exact ?? min}`),
      ['transformers 4.44.0', 'torch 2.0', 'vllm 0.5'],
    );
    const base = {
      complete: true,
      ranges: { transformers: { exact: '4.0', declaredBy: 'x' }, accelerate: { min: '1', declaredBy: 'x' } },
      undecided: ['torch'],
    };
    const overlaid = overlayVersions(base, nearer);
    assert.equal(overlaid.ranges['transformers']?.declaredBy, 'n.ipynb: transformers==4.44.0');
    assert.equal(overlaid.ranges['accelerate']?.min, '1');
    assert.deepEqual(overlaid.undecided, []);
  });

  it('reads script metadata and CDN addresses', () => {
    const ranges = (language: 'python' | 'javascript', text: string) =>
      sourceVersions({ kind: 'file', path: 'f', language, text }).ranges;
    const script = '# /// script\n# dependencies = [\n#   "transformers==5.0.0",\n# ]\n# ///\nimport transformers\n';
    assert.equal(ranges('python', script)['transformers']?.exact, '5.0.0');
    const converted =
      "get_ipython().system('pip install -q transformers==4.30.2')\nget_ipython().run_line_magic('pip', 'install \"torch==2.1.0\"')\n";
    assert.equal(ranges('python', converted)['transformers']?.exact, '4.30.2');
    assert.equal(ranges('python', converted)['torch']?.exact, '2.1.0');
    const url =
      "import { pipeline } from 'https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.0.0';\nimport 'https://esm.sh/openai@4';\n";
    assert.equal(ranges('javascript', url)['@huggingface/transformers']?.exact, '3.0.0');
    assert.deepEqual(ranges('javascript', url)['openai'], {
      min: '4',
      below: '5',
      declaredBy: 'f: https://esm.sh/openai@4',
    });
    assert.deepEqual(ranges('python', 'x = 1\n'), {});
  });
});

describe('runtimeOf', () => {
  const cases: readonly (readonly [string, object | undefined, string])[] = [
    ['src/a.ts', undefined, 'unknown'],
    ['src/a.ts', { scripts: { start: 'NODE_ENV=production node dist/a.js' } }, 'node'],
    ['src/a.ts', { dependencies: { express: '4' } }, 'node'],
    ['src/a.ts', { bin: './a.js' }, 'node'],
    ['src/App.tsx', { dependencies: { 'react-dom': '18' }, devDependencies: { vite: '5' } }, 'browser'],
    ['src/a.ts', { dependencies: { express: '4', 'react-dom': '18' } }, 'unknown'],
    ['src/a.ts', { dependencies: { next: '14' } }, 'unknown'],
    ['app/api/chat/route.ts', { dependencies: { next: '14' } }, 'node'],
    ['pages/api/x.ts', { dependencies: { next: '14' } }, 'node'],
    ['src/x.client.ts', { dependencies: { express: '4' } }, 'browser'],
    ['src/a.ts', { scripts: { build: 'node build.js' } }, 'unknown'],
  ];
  for (const [path, manifest, expected] of cases) {
    it(`says ${expected} of ${path} with ${JSON.stringify(manifest)}`, () => {
      const fact = runtimeOf(path, manifest && { ...manifest });
      assert.equal(fact.kind === 'known' ? fact.value : fact.kind, expected);
    });
  }
});
