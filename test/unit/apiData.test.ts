import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { apiFiles } from '../../src/knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../src/knowledge/apis/apiIndex.ts';

const folder = path.join(process.cwd(), 'src', 'knowledge', 'apis');
const schema: object = JSON.parse(readFileSync(path.join(folder, 'schema', 'apiFile.schema.json'), 'utf8'));
const names = ['python', 'typescript'].flatMap((language) =>
  readdirSync(path.join(folder, language)).map((name) => path.join(language, name)),
);

describe('API data', () => {
  const validate = new Ajv({ allErrors: true }).compile(schema);

  for (const name of names) {
    it(`${name} follows the schema`, () => {
      const data: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      assert.equal(validate(data), true, JSON.stringify(validate.errors, null, 1));
    });
  }

  it('has every file in the generated list', () => {
    assert.equal(apiFiles.python.length + apiFiles.typescript.length, names.length);
  });

  for (const [language, files] of Object.entries(apiFiles)) {
    const entries = files.flatMap((file) => file.entries);

    it(`names each ${language} callable once`, () => {
      const all = entries.map(({ name }) => name);
      assert.deepEqual(
        all.filter((name, at) => all.indexOf(name) !== at),
        [],
      );
    });

    it(`gives ${language} entries that the index finds again under their own name`, () => {
      const index = new ApiIndex(files);
      for (const { name } of entries) {
        if (!name.includes('*')) assert.equal(index.lookup(name)?.name, name);
      }
    });

    it(`names a ${language} model parameter that the entry has`, () => {
      for (const { name, parameters, modelParameter } of entries) {
        if (modelParameter === undefined) continue;
        const [first = ''] = modelParameter.split('.');
        assert.ok(parameters.includes(modelParameter) || parameters.includes(first), `${name}: ${modelParameter}`);
      }
    });
  }
});
