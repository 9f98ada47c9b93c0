/** JSON schema of `green-ai.json` (draft 7), from the ids of the rules: written to schemas/ by the generator. */
export function configSchema(ruleIds: readonly string[]): object {
  const level = { enum: ['off', 'hint', 'information', 'warning'] };
  const amount = (description: string): object => ({ type: 'number', minimum: 0, description });
  const text = (description: string): object => ({ type: 'string', minLength: 1, description });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Green AI configuration',
    description:
      'green-ai.json; the same keys stand in green-ai.toml, [tool.green-ai] of pyproject.toml and "greenAi" of package.json.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      tier: {
        enum: ['recommended', 'strict'],
        description: 'recommended: reports that are right on real code. strict: also opinions that need judgement.',
      },
      rules: {
        type: 'object',
        description: 'Rule id to "off" or to a severity that replaces its own.',
        properties: Object.fromEntries(ruleIds.map((id) => [id, level])),
        additionalProperties: false,
      },
      exclude: {
        type: 'array',
        items: { type: 'string' },
        description: 'Files that are not analysed: patterns in .gitignore syntax, relative to this file.',
      },
      'smallest-saving-kwh': amount('Findings that save less than this many kWh a year at most are not reported.'),
      profile: text('Hardware profile: an id of the catalogue, or the path of a profile file relative to this file.'),
      region: text('Region whose grid intensity and electricity price apply.'),
      workload: {
        type: 'object',
        description: 'How much work a year: the ground of all yearly figures.',
        additionalProperties: false,
        properties: {
          'requests-per-year': amount('Requests that are answered.'),
          'items-per-year': amount('Items that are processed in batches.'),
          'runs-per-year': amount('Training runs and scripts that are started.'),
          'renders-per-year': amount('Page views and component renders.'),
          concurrency: { type: 'number', minimum: 1, description: 'Requests that are answered together.' },
        },
      },
      baseline: text('Baseline file with accepted findings, relative to this file.'),
    },
  };
}
