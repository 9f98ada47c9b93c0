import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allows } from '../../../src/core/versions/combine.ts';
import { compareVersions } from '../../../src/core/versions/compareVersions.ts';
import type { Constraint } from '../../../src/core/versions/declaration.ts';
import { coverAll } from '../../../src/core/versions/environmentMarkers.ts';
import { npmRange } from '../../../src/core/versions/npmRange.ts';
import { pythonRequirement } from '../../../src/core/versions/pythonRequirement.ts';
import { type PythonDialect, pythonSpecifier } from '../../../src/core/versions/pythonSpecifier.ts';

describe('compareVersions', () => {
  it('orders releases, pre-releases and post-releases', () => {
    const ordered = [
      '4.0.0.dev1',
      '4.0.0a1',
      '4.0.0b2',
      '4.0.0rc1',
      '4.0.0',
      '4.0.0.post1',
      '4.0.1',
      '4.10',
      '5.0.0-next.1',
      '5',
    ];
    for (const [index, version] of ordered.slice(1).entries()) {
      assert.ok(compareVersions(ordered[index] ?? '', version) < 0, `${ordered[index]} < ${version}`);
    }
    assert.equal(compareVersions('2.1.0+cpu', 'v2.1'), 0);
  });

  it('is antisymmetric', () => {
    const version = fc
      .tuple(fc.nat(20), fc.nat(20), fc.constantFrom('', 'rc1', '.post2', 'a3'))
      .map(([a, b, end]) => `${a}.${b}${end}`);
    fc.assert(
      fc.property(
        version,
        version,
        (a, b) => Math.sign(compareVersions(a, b)) === -Math.sign(compareVersions(b, a)) || compareVersions(a, b) === 0,
      ),
    );
  });
});

describe('pythonSpecifier', () => {
  const cases: readonly (readonly [string, PythonDialect, Constraint])[] = [
    ['==4.44.0', 'pep440', { exact: '4.44.0', min: '4.44.0' }],
    ['==2.1.0+cpu', 'pep440', { exact: '2.1.0+cpu', min: '2.1.0' }],
    ['>=4.30,<5', 'pep440', { min: '4.30', below: '5' }],
    ['>=4.30, !=4.35.0', 'pep440', { min: '4.30' }],
    ['~=4.40', 'pep440', { min: '4.40', below: '5' }],
    ['~=4.40.1', 'pep440', { min: '4.40.1', below: '4.41' }],
    ['==4.*', 'pep440', { min: '4', below: '5' }],
    ['<=4.44.0', 'pep440', { below: '4.44.0.0.1' }],
    ['>=4,>=4.2,<6,<5', 'pep440', { min: '4.2', below: '5' }],
    ['', 'pep440', {}],
    ['what?', 'pep440', {}],
    ['^4.2', 'poetry', { min: '4.2', below: '5' }],
    ['^0.3.1', 'poetry', { min: '0.3.1', below: '0.4' }],
    ['~4.2.1', 'poetry', { min: '4.2.1', below: '4.3' }],
    ['4.2.0', 'poetry', { exact: '4.2.0', min: '4.2.0' }],
    ['*', 'poetry', {}],
    ['^4 || ^5', 'poetry', { min: '4', below: '6' }],
    ['=4.40', 'conda', { min: '4.40', below: '4.41' }],
    ['==4.40.1', 'conda', { exact: '4.40.1', min: '4.40.1' }],
  ];
  for (const [text, dialect, expected] of cases) {
    it(`reads ${dialect} "${text}"`, () => assert.deepEqual(pythonSpecifier(text, dialect), expected));
  }

  it('keeps the bound of "up to and including" inside', () => {
    const constraint = pythonSpecifier('<=4.44.0');
    assert.ok(allows(constraint, '4.44.0'));
    assert.ok(!allows(constraint, '4.44.1'));
  });
});

describe('pythonRequirement', () => {
  const cases: readonly (readonly [string, string | undefined, Constraint])[] = [
    ['transformers[torch]>=4.30,<5 ; python_version >= "3.9"', 'transformers', { min: '4.30', below: '5' }],
    ['Sentence_Transformers (>=2.0)', 'sentence-transformers', { min: '2.0' }],
    ['torch==2.1.0+cpu', 'torch', { exact: '2.1.0+cpu', min: '2.1.0' }],
    ['transformers @ git+https://github.com/huggingface/transformers', 'transformers', {}],
    ['git+https://github.com/huggingface/transformers.git@main', 'transformers', {}],
    ['git+https://example.org/x.git#egg=My_Pkg', 'my-pkg', {}],
    [
      'https://download.pytorch.org/whl/torch-2.1.0%2Bcu118-cp310-cp310-linux_x86_64.whl',
      'torch',
      { exact: '2.1.0+cu118', min: '2.1.0' },
    ],
    ['./local', undefined, {}],
  ];
  for (const [text, marker] of [
    ['a==1', undefined],
    ['a==1;os_name=="nt"', 'os_name=="nt"'],
    ['a @ https://example.org/a;b.whl ; os_name == "nt"', 'os_name == "nt"'],
    ['a @ https://example.org/a;b.whl', undefined],
  ] as const) {
    it(`keeps the marker of ${text}`, () => assert.equal(pythonRequirement(text)?.marker, marker));
  }
  for (const [text, name, constraint] of cases) {
    it(`reads ${text}`, () => {
      const found = pythonRequirement(text);
      assert.equal(found?.name, name);
      assert.deepEqual(found?.constraint ?? {}, constraint);
    });
  }
});

describe('npmRange', () => {
  const cases: readonly (readonly [string, Constraint])[] = [
    ['^4.2.1', { min: '4.2.1', below: '5' }],
    ['^0.3.1', { min: '0.3.1', below: '0.4' }],
    ['~4.2', { min: '4.2', below: '4.3' }],
    ['4.x', { min: '4', below: '5' }],
    ['4', { min: '4', below: '5' }],
    ['4.2.1', { exact: '4.2.1', min: '4.2.1' }],
    ['>=3 <5', { min: '3', below: '5' }],
    ['>= 3.0.0 < 5', { min: '3.0.0', below: '5' }],
    ['1.2.3 - 2.3', { min: '1.2.3', below: '2.4' }],
    ['^2 || ^3', { min: '2', below: '4' }],
    ['<=4.4.0', { below: '4.4.1' }],
    ['>4', { min: '5' }],
    ['npm:@xenova/transformers@^2.17.0', { min: '2.17.0', below: '3' }],
    ['workspace:^1.2.0', { min: '1.2.0', below: '2' }],
    ['*', {}],
    ['latest', {}],
    ['github:huggingface/transformers.js', {}],
    ['file:../x', {}],
    ['catalog:', {}],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${text}`, () => assert.deepEqual(npmRange(text), expected));
  }
});

describe('coverAll', () => {
  for (const [markers, expected] of [
    [[], false],
    [['python_version >= "3.8"'], true],
    [['"3.8" <= python_version'], true],
    [['python_full_version < "3.11.4"'], false],
    [['sys_platform in "linux darwin win32"'], true],
    [['sys_platform not in "linux"'], false],
    [['platform_machine != "aarch64" or (sys_platform == "linux" and python_version == "3.*")'], true],
    [['extra == "gpu"'], true],
    [['implementation_name == "cpython"'], true],
    [['python_version ~= "3.6"'], true],
    [['python_version < "3.12"', "python_version >= '3.12'"], true],
    [['python_version < "3.12"', "python_version > '3.12'"], false],
    [['python_version >= "3.8" and'], false],
    [['(python_version >= "3.8"'], false],
    [['%'], false],
  ] as const) {
    it(`says ${expected} for ${markers.join(' | ')}`, () => assert.equal(coverAll(markers), expected));
  }
});
