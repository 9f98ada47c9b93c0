import { nearestName } from '../../core/text/nearestName.ts';
import { resolvePath } from '../../host/project/paths.ts';
import { LOCAL_PROFILE } from '../../knowledge/hardware/machineProfile.ts';
import { type CliContext, UsageError } from '../cliContext.ts';
import type { OptionSpec, ParsedArguments } from '../command.ts';
import type { SessionOptions } from './session.ts';

/** Largest file that is analysed unless asked for: two megabytes. */
const DEFAULT_MAX_FILE_SIZE = 2_000_000;

/** Options of every command that analyses. */
export const ANALYSIS_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: { type: 'string', value: 'FILE', description: 'Use this configuration file and search no other' },
  rules: { type: 'string', isList: true, value: 'ID,ID', description: 'Only these rules; may be given more than once' },
  tier: {
    type: 'string',
    choices: ['recommended', 'strict'],
    description: 'recommended: right on real code (default); strict: also opinions that need judgement',
  },
  profile: {
    type: 'string',
    value: 'ID|FILE',
    description: 'Hardware to estimate for (local: this machine); place and workload of .green-ai/hardware.json stay',
  },
  jobs: {
    type: 'string',
    value: 'N',
    description: 'Worker threads of a long run (default: by cores and memory; 1: none)',
  },
  'max-file-size': { type: 'string', value: 'SIZE', description: 'Skip larger files (default 2MB; 0: no limit)' },
};

/** Checks the options; throws `UsageError` for what cannot be used. */
export async function sessionOptions(args: ParsedArguments, context: CliContext): Promise<SessionOptions> {
  const config = args.text('config');
  const tier = args.text('tier');
  const profile = args.text('profile');
  const rules = ruleIds(args.text('rules'), context);
  const jobs = jobCount(args.text('jobs'));
  if (config !== undefined) await requireFile(config, '--config', context);
  if (profile !== undefined && profile !== LOCAL_PROFILE && !context.profiles.byId(profile)) {
    await requireProfileFile(profile, context);
  }
  return {
    overrides: {
      ...(tier === 'recommended' || tier === 'strict' ? { tier } : {}),
      ...(profile === undefined ? {} : { profile }),
    },
    ...(rules === undefined ? {} : { onlyRules: rules }),
    ...(config === undefined ? {} : { configPath: resolvePath(context.cwd, config) }),
    ...(jobs === undefined ? {} : { jobs }),
    maxFileSize: fileSize(args.text('max-file-size')),
  };
}

function ruleIds(text: string | undefined, { rules }: CliContext): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const known = new Set(rules.map(({ meta }) => meta.id));
  const ids = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0) throw new UsageError('--rules needs at least one rule id');
  for (const id of ids) {
    if (known.has(id)) continue;
    const nearest = nearestName(id, known);
    throw new UsageError(
      `unknown rule "${id}"${nearest === undefined ? '' : `; did you mean ${nearest}?`} (see green-ai rules)`,
    );
  }
  return ids;
}

export async function requireFile(path: string, option: string, { cwd, fileSystem }: CliContext): Promise<void> {
  const stat = await fileSystem.stat(resolvePath(cwd, path));
  if (!stat) throw new UsageError(`${option}: no such file: ${path}`);
  if (stat.kind !== 'file') throw new UsageError(`${option}: not a file: ${path}`);
}

async function requireProfileFile(profile: string, { cwd, fileSystem, profiles }: CliContext): Promise<void> {
  if ((await fileSystem.stat(resolvePath(cwd, profile)))?.kind === 'file') return;
  const nearest = nearestName(profile, profiles.ids);
  const hint = nearest === undefined ? `; profiles: ${profiles.ids.join(', ')}` : `; did you mean ${nearest}?`;
  throw new UsageError(`--profile: "${profile}" is neither a profile nor a file${hint}`);
}

function jobCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw new UsageError(`--jobs: "${text}" is not a number from 1 to 999`);
  return count;
}

/** `2MB`, `500k`, `1048576`; `0` for no limit. Decimal units, as file managers show them. */
function fileSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_MAX_FILE_SIZE;
  const match = /^(\d+(?:\.\d+)?)\s*([kMG]?)i?B?$/i.exec(text.trim());
  if (!match) throw new UsageError(`--max-file-size: "${text}" is not a size such as 2MB, 500k or 1048576`);
  const factor = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[(match[2] ?? '').toLowerCase()] ?? 1;
  const size = Number(match[1]) * factor;
  return size === 0 ? Number.POSITIVE_INFINITY : size;
}
