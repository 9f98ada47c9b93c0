import { docsUrl } from '../../core/engine/docsUrl.ts';
import type { RuleMeta } from '../../core/engine/rule.ts';
import type { Command } from '../command.ts';

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'List the rules',
  usage: '[options]',
  options: { format: { type: 'string', choices: ['text', 'json'], description: 'Output format (default text)' } },
  positionals: { least: 0, most: 0, name: 'nothing' },

  async run(args, { rules, stdout }) {
    const metas = rules.map(({ meta }) => meta);
    stdout(args.text('format') === 'json' ? rulesJson(metas) : rulesText(metas));
    return 0;
  },
};

function rulesJson(metas: readonly RuleMeta[]): string {
  const described = metas.map((meta) => ({ ...meta, docsUrl: docsUrl(meta.id) }));
  return `${JSON.stringify({ rules: described }, undefined, 2)}\n`;
}

function rulesText(metas: readonly RuleMeta[]): string {
  const width = Math.max(0, ...metas.map(({ id }) => id.length)) + 2;
  const rows = metas.map(
    ({ id, title, tier, languages, fixes }) =>
      `${id.padEnd(width)}${tier.padEnd(13)}${languages.join(', ').padEnd(20)}${(fixes.join(', ') || 'guidance').padEnd(18)}${title}\n`,
  );
  return rows.join('');
}
