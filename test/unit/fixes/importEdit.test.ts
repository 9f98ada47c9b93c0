import assert from 'node:assert/strict';
import { type ImportRequest, importEdit } from '../../../src/core/fixes/importEdit.ts';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { applied, type Lower, loadLowering } from './lowering.ts';

describe('importEdit', () => {
  let lower: Lower;
  before(async () => {
    lower = await loadLowering();
  });

  /** Local name and the text after the edit; the name is used at `|`, or at the end of the text. */
  function result(language: Language, marked: string, request: Omit<ImportRequest, 'at'>) {
    const text = marked.replace('|', '');
    const at = marked.includes('|') ? marked.indexOf('|') : text.length;
    const found = importEdit(lower(language, text), { ...request, at });
    return found && { local: found.local, text: applied(text, found.edits) };
  }

  const torch = { module: 'torch' };
  const inserted: readonly (readonly [string, string, Omit<ImportRequest, 'at'>, string])[] = [
    ['an empty file', '', torch, 'import torch\n'],
    ['a file without imports', 'x = 1\n', torch, 'import torch\nx = 1\n'],
    ['a docstring', '"""Doc."""\nx = 1\n', torch, '"""Doc."""\nimport torch\nx = 1\n'],
    ['a docstring alone', '"""Doc."""', torch, '"""Doc."""\nimport torch'],
    [
      'future imports',
      'from __future__ import annotations\nx = 1\n',
      torch,
      'from __future__ import annotations\nimport torch\nx = 1\n',
    ],
    [
      'the first block of imports',
      'import os\nimport sys  # why\n\nx = 1\nimport late\n',
      torch,
      'import os\nimport sys  # why\nimport torch\n\nx = 1\nimport late\n',
    ],
    [
      'shebang and comments',
      '#!/usr/bin/env python\n# Licence\nx = 1\n',
      torch,
      '#!/usr/bin/env python\n# Licence\nimport torch\nx = 1\n',
    ],
    ['CRLF', 'import os\r\nx = 1\r\n', torch, 'import os\r\nimport torch\r\nx = 1\r\n'],
    ['a byte order mark', '\uFEFFx = 1\n', torch, '\uFEFFimport torch\nx = 1\n'],
    ['an alias', 'import os\n', { module: 'numpy', alias: 'np' }, 'import os\nimport numpy as np\n'],
    ['a name', 'import os\n', { module: 'torch', name: 'nn' }, 'import os\nfrom torch import nn\n'],
    ['a from import', 'from torch import nn\n', { module: 'torch', name: 'cuda' }, 'from torch import nn, cuda\n'],
    [
      'a from import in parentheses',
      'from torch import (\n    nn,\n)\n',
      { module: 'torch', name: 'cuda' },
      'from torch import (\n    nn, cuda,\n)\n',
    ],
    [
      'a star import',
      'from torch import *\n',
      { module: 'torch', name: 'cuda' },
      'from torch import *\nfrom torch import cuda\n',
    ],
    [
      'a relative import',
      'from .torch import nn\n',
      { module: 'torch', name: 'cuda' },
      'from .torch import nn\nfrom torch import cuda\n',
    ],
  ];
  for (const [name, before, request, after] of inserted) {
    it(`adds a Python import: ${name}`, () => {
      assert.equal(result('python', before, request)?.text, after);
    });
  }

  it('uses what Python already imports, under its own name', () => {
    const local = (text: string, request: Omit<ImportRequest, 'at'>): string | undefined => {
      const found = result('python', text, request);
      assert.equal(found?.text, text.replace('|', ''));
      return found?.local;
    };
    assert.equal(local('import torch as th\n', torch), 'th');
    assert.equal(local('import torch.nn\n', torch), 'torch');
    assert.equal(local('from torch import nn as N\n', { module: 'torch', name: 'nn' }), 'N');
    assert.equal(local('import torch as th\n', { module: 'torch', name: 'inference_mode' }), 'th.inference_mode');
    assert.equal(local('from torch import nn\n', { module: 'torch.nn' }), 'nn');
    assert.equal(local('try:\n    import torch\nexcept ImportError:\n    pass\n', torch), 'torch');
    assert.equal(local('def f():\n    import torch\n    |pass\n', torch), 'torch');
    assert.equal(local('def f():\n    |pass\nimport torch\n', torch), 'torch');
  });

  it('does not rely on imports that the place cannot see', () => {
    const isAdded = (text: string): boolean => (result('python', text, torch)?.text ?? '').startsWith('import torch\n');
    assert.equal(isAdded('|x = 1\nimport torch\n'), true);
    assert.equal(isAdded('def f():\n    import torch\n\ndef g():\n    |pass\n'), true);
    assert.equal(isAdded('if TYPE_CHECKING:\n    import torch\n|\n'), true);
  });

  it('gives up when the name means something else', () => {
    assert.equal(result('python', 'torch = 1\n', torch), undefined);
    assert.equal(result('python', 'def f(torch):\n    |pass\n', torch), undefined);
    assert.equal(result('python', 'from vision import torch\n', torch), undefined);
    assert.equal(result('typescript', 'const env = 1;\n', { module: 'm', name: 'env' }), undefined);
  });

  it('puts the import into the cell of a notebook that uses it', () => {
    const text = 'import os\n#%%time\nx = load()\n';
    const cells = [
      { start: 0, end: 10 },
      { start: 10, end: text.length },
    ];
    const found = importEdit(lower('python', text), { module: 'torch', at: 24, cells });
    assert.equal(applied(text, found?.edits), 'import os\n#%%time\nimport torch\nx = load()\n');
  });

  const pipeline = { module: '@huggingface/transformers', name: 'pipeline' };
  const scripts: readonly (readonly [string, string, Omit<ImportRequest, 'at'>, string])[] = [
    ['an empty file', '', pipeline, "import { pipeline } from '@huggingface/transformers';\n"],
    [
      'the file’s quotes and no semicolon',
      'import a from "a"\nf()\n',
      pipeline,
      'import a from "a"\nimport { pipeline } from "@huggingface/transformers"\nf()\n',
    ],
    [
      'use client',
      "'use client';\n\nf();\n",
      pipeline,
      "'use client';\nimport { pipeline } from '@huggingface/transformers';\n\nf();\n",
    ],
    [
      'a shebang',
      '#!/usr/bin/env node\nf();\n',
      pipeline,
      "#!/usr/bin/env node\nimport { pipeline } from '@huggingface/transformers';\nf();\n",
    ],
    [
      'an import of the module',
      "import { env } from '@huggingface/transformers';\n",
      pipeline,
      "import { env, pipeline } from '@huggingface/transformers';\n",
    ],
    [
      'an import over several lines',
      "import {\n  env,\n} from '@huggingface/transformers';\n",
      pipeline,
      "import {\n  env, pipeline,\n} from '@huggingface/transformers';\n",
    ],
    [
      'a default import',
      "import hf from '@huggingface/transformers';\n",
      pipeline,
      "import hf, { pipeline } from '@huggingface/transformers';\n",
    ],
    [
      'CommonJS',
      "const fs = require('fs');\nf();\n",
      pipeline,
      "const fs = require('fs');\nconst { pipeline } = require('@huggingface/transformers');\nf();\n",
    ],
    [
      'a namespace',
      "import a from 'a';\n",
      { module: 'onnxruntime-node' },
      "import a from 'a';\nimport * as onnxruntimeNode from 'onnxruntime-node';\n",
    ],
    [
      'CRLF',
      "import a from 'a';\r\nf();\r\n",
      pipeline,
      "import a from 'a';\r\nimport { pipeline } from '@huggingface/transformers';\r\nf();\r\n",
    ],
  ];
  for (const [name, before, request, after] of scripts) {
    it(`adds a TypeScript import: ${name}`, () => {
      assert.equal(result('typescript', before, request)?.text, after);
    });
  }

  it('uses what TypeScript already imports, under its own name', () => {
    const local = (text: string): string | undefined => result('typescript', text, pipeline)?.local;
    assert.equal(local("import { pipeline as p } from '@huggingface/transformers';\n"), 'p');
    assert.equal(local("import * as hf from '@huggingface/transformers';\n"), 'hf.pipeline');
    assert.equal(local("const { pipeline: p } = require('@huggingface/transformers');\n"), 'p');
    assert.equal(local("const hf = require('@huggingface/transformers');\n"), 'hf.pipeline');
  });
});
