import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Fact } from '../../../src/core/semantics/fact.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

const DATACLASS = 'from dataclasses import dataclass\n@dataclass\nclass C:\n    m: str = "m"\n';
type Scalar = string | number | boolean | null;
const KNOWN = (value: Scalar): Fact<Scalar> => ({ kind: 'known', value });
const UNKNOWN: Fact<Scalar> = { kind: 'unknown' };

describe('constants and flow', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Constant of the first argument of the last call named `sink`. */
  const sunk = (text: string, language: Language): Fact<Scalar> => {
    const program = programOf(parsers, text, language);
    const call = program.calls.findLast((candidate) => program.text(candidate.node.callee) === 'sink');
    const argument = call?.node.args[0];
    assert.ok(argument, 'no sink call');
    return program.constant(argument.value);
  };

  const python: readonly [string, string, Fact<Scalar>][] = [
    ['element of a list that grew', 'xs = ["a"]\nxs.append(other)\nfor x in xs:\n    sink(x)', UNKNOWN],
    ['element of a list', 'xs = ["a"]\nfor x in xs:\n    sink(x)', KNOWN('a')],
    ['taken out of a list that changed', 'xs = ["a", "b"]\nxs[0] = pick()\nx, y = xs\nsink(x)', UNKNOWN],
    ['literal', 'sink("a")', KNOWN('a')],
    ['variable', 'x = 1\nsink(x)', KNOWN(1)],
    ['reassignment in order', 'x = 1\nx = 2\nsink(x)', KNOWN(2)],
    ['a branch that may change it', 'x = 1\nif c:\n    x = 2\nsink(x)', UNKNOWN],
    ['a branch that leaves', 'x = 1\nif c:\n    x = 2\n    raise E\nsink(x)', KNOWN(1)],
    ['both branches the same', 'if c:\n    x = 2\nelse:\n    x = 2\nsink(x)', KNOWN(2)],
    ['changed later in the loop', 'x = 1\nfor i in y:\n    sink(x)\n    x = 2', UNKNOWN],
    ['set before use in the loop', 'x = 1\nfor i in y:\n    x = 2\n    sink(x)', KNOWN(2)],
    ['set by a loop that may not run', 'x = 1\nfor i in y:\n    x = 2\nsink(x)', UNKNOWN],
    ['break carries its state', 'x = 1\nwhile True:\n    x = 2\n    break\nsink(x)', UNKNOWN],
    ['try may be cut short', 'x = 1\ntry:\n    x = f()\nexcept E:\n    pass\nsink(x)', UNKNOWN],
    ['tuple unpacking', 'a, b = 1, 2\nsink(b)', KNOWN(2)],
    ['nested unpacking', 'a, (b, c) = 1, (2, 3)\nsink(c)', KNOWN(3)],
    ['walrus', 'if (n := 4):\n    sink(n)', KNOWN(4)],
    ['concatenation', 'p = "a" + "/b"\nsink(p)', KNOWN('a/b')],
    ['f-string of constants', 'n = "x"\nsink(f"{n}/y")', KNOWN('x/y')],
    ['f-string with a hole', 'sink(f"{n}/y")', UNKNOWN],
    ['dictionary entry', 'cfg = {"model": "m"}\nsink(cfg["model"])', KNOWN('m')],
    ['class attribute', 'class CFG:\n    model = "m"\nsink(CFG.model)', KNOWN('m')],
    [
      'constructor attribute',
      'class A:\n    def __init__(self):\n        self.n = 3\n    def f(self):\n        sink(self.n)',
      KNOWN(3),
    ],
    ['module constant in a function', 'N = 3\ndef f():\n    sink(N)', KNOWN(3)],
    ['module variable set twice', 'N = 3\nN = 4\ndef f():\n    sink(N)', UNKNOWN],
    ['parameter', 'def f(x):\n    sink(x)', UNKNOWN],
    ['parameter default', 'def f(x=1):\n    sink(x)', UNKNOWN],
    ['dataclass default', `${DATACLASS}sink(C().m)`, KNOWN('m')],
    ['dataclass argument', `${DATACLASS}sink(C(m="q").m)`, KNOWN('q')],
    ['dataclass argument by position', `${DATACLASS}sink(C("q").m)`, KNOWN('q')],
    ['dataclass from a mapping', `${DATACLASS}sink(C(**kw).m)`, UNKNOWN],
    ['dataclass through self', `${DATACLASS}    def f(self):\n        sink(self.m)`, UNKNOWN],
    [
      'dataclass field()',
      'from dataclasses import dataclass, field\n@dataclass\nclass C:\n    m: str = field(default="m")\nsink(C().m)',
      KNOWN('m'),
    ],
    [
      'settings from the environment',
      'from pydantic_settings import BaseSettings\nclass C(BaseSettings):\n    m: str = "m"\nsink(C().m)',
      UNKNOWN,
    ],
    [
      'argparse',
      'import argparse\np = argparse.ArgumentParser()\np.add_argument("--m", default="m")\nsink(p.parse_args().m)',
      UNKNOWN,
    ],
    ['Hydra', 'import hydra\n@hydra.main()\ndef main(cfg):\n    sink(cfg.m)', UNKNOWN],
    ['OmegaConf', 'from omegaconf import OmegaConf\nsink(OmegaConf.load("x").m)', UNKNOWN],
    ['YAML', 'import yaml\nsink(yaml.safe_load(open("x"))["m"])', UNKNOWN],
    ['environment', 'import os\nsink(os.environ["M"])', UNKNOWN],
    ['fallback', 'import os\nsink(os.getenv("M") or "m")', UNKNOWN],
    ['own function result', 'def name():\n    return "m"\nsink(name())', KNOWN('m')],
    ['recursion ends', 'def f(n):\n    return f(n - 1)\nsink(f(3))', UNKNOWN],
    ['self reference ends', 'x = x + 1\nsink(x)', UNKNOWN],
    ['written by a function that may run', 'N = 1\ndef f():\n    global N\n    N = 2\nsink(N)', UNKNOWN],
    ['and keeps a falsy left side', 'sink(c and 1)', UNKNOWN],
    ['and of a true constant', 'sink(True and 1)', KNOWN(1)],
    ['set on the class from outside', 'class A:\n    n = 3\nA.n = 4\nsink(A.n)', UNKNOWN],
    ['set on another object of another kind', 'import m\nclass A:\n    n = 3\nm.n = 4\nsink(A.n)', KNOWN(3)],
    ['a generator', 'def f():\n    yield 1\n    return 2\nsink(f())', UNKNOWN],
    ['an unknown decorator', '@wrap\ndef f():\n    return 2\nsink(f())', UNKNOWN],
    ['a function that may end without return', 'def f():\n    if c:\n        return 2\nsink(f())', UNKNOWN],
    ['assigned before the try raises', 'x = 1\ntry:\n    x = 2\n    f()\n    x = 1\nexcept E:\n    sink(x)', UNKNOWN],
    ['comprehension does not leak', 'x = 1\n[x for x in y]\nsink(x)', KNOWN(1)],
    ['unary and arithmetic', 'sink(-(2 ** 3))', KNOWN(-8)],
  ];
  for (const [title, text, expected] of python)
    it(`Python: ${title}`, () => assert.deepEqual(sunk(text, 'python'), expected));

  const typescript: readonly [string, string, Fact<Scalar>][] = [
    ['declared and set in one branch', 'let x;\nif (ready) x = "a";\nsink(x);', UNKNOWN],
    ['declared and set in both branches', 'let x;\nif (ready) x = "a"; else x = "a";\nsink(x);', KNOWN('a')],
    [
      'object handed to a module of the project',
      "import { setup } from './setup';\nconst o = { d: 'a' };\nsetup(o);\nsink(o.d);",
      UNKNOWN,
    ],
    [
      'object handed to a library',
      "import { setup } from 'setup';\nconst o = { d: 'a' };\nsetup(o);\nsink(o.d);",
      KNOWN('a'),
    ],
    [
      'object changed through one that holds it',
      "const o = { d: 'a' };\nconst a = { o };\na.o.d = 'b';\nsink(o.d);",
      UNKNOWN,
    ],
    [
      'object changed through what is taken out of its holder',
      "const o = { d: 'a' };\nconst a = { o };\nconst { o: p } = a;\np.d = 'b';\nsink(o.d);",
      UNKNOWN,
    ],
    [
      'object changed in a loop over objects',
      "const o = { d: 'a' };\nfor (const each of [o, other]) each.d = 'b';\nsink(o.d);",
      UNKNOWN,
    ],
    [
      'taken out of an object that was changed',
      "const o = { d: 'a' };\no.d = pick();\nconst { d } = o;\nsink(d);",
      UNKNOWN,
    ],
    ['taken out of an object', "const o = { d: 'a' };\nconst { d } = o;\nsink(d);", KNOWN('a')],
    [
      'element of a list that grew',
      "const list = ['a'];\nlist.push(other);\nfor (const each of list) sink(each);",
      UNKNOWN,
    ],
    ['const', 'const x = 1; sink(x);', KNOWN(1)],
    ['destructuring', 'const { a: { b } } = { a: { b: 2 } }; sink(b);', KNOWN(2)],
    ['destructuring default', 'const { a = 1 } = o; sink(a);', UNKNOWN],
    ['array destructuring', 'const [, b] = [1, 2]; sink(b);', KNOWN(2)],
    ['property', "const o = { dtype: 'q8' }; sink(o.dtype);", KNOWN('q8')],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test has the placeholder
    ['template', 'const n = 1; sink(`v${n}`);', KNOWN('v1')],
    ['ternary of two', "sink(c ? 'a' : 'b');", UNKNOWN],
    ['nullish', "sink(process.env.M ?? 'm');", UNKNOWN],
    ['block scope', 'let x = 1; { let x = 2; } sink(x);', KNOWN(1)],
    ['assignment in a block', 'let x = 1; { x = 2; } sink(x);', KNOWN(2)],
    ['var hoists out of a block', 'if (c) { var x = 2; } else { x = 2; } sink(x);', KNOWN(2)],
    ['switch', 'let x = 1; switch (y) { case 1: x = 2; break; default: x = 3; } sink(x);', UNKNOWN],
    ['written by a closure', 'let x = 1; const set = () => { x = 2; }; set(); sink(x);', UNKNOWN],
    [
      'break of an outer loop',
      'let x = 1; outer: for (const a of b) { for (const c of d) { x = 2; break outer; } } sink(x);',
      UNKNOWN,
    ],
    ['break of a labelled block', 'let x = 1; block: { if (c) { break block; } x = 2; } sink(x);', UNKNOWN],
    [
      'continue of an outer loop',
      'let x = 1; outer: for (const a of b) { sink(x); for (const c of d) { x = 2; continue outer; } x = 1; }',
      UNKNOWN,
    ],
    ['closure', 'const x = 1; const f = () => sink(x);', KNOWN(1)],
    ['enum', "enum M { A = 'a' }\nsink(M.A);", KNOWN('a')],
    ['class field', "class A { model = 'm'; run() { sink(this.model); } }", KNOWN('m')],
    ['as const', "const o = { a: 'x' } as const; sink(o.a);", KNOWN('x')],
  ];
  for (const [title, text, expected] of typescript) {
    it(`TypeScript: ${title}`, () => assert.deepEqual(sunk(text, 'typescript'), expected));
  }
});
