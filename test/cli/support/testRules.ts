import {
  defineRule,
  type Fix,
  type FixSafety,
  type RegisteredRule,
  type Severity,
  type Tier,
} from '../../../src/core/engine/rule.ts';
import type { Call, Program } from '../../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../../src/energy/workload.ts';

interface CallRule {
  readonly id: string;
  /** Function whose calls are reported. */
  readonly callee: string;
  readonly severity?: Severity;
  readonly tier?: Tier;
  readonly fixes?: readonly FixSafety[];
  readonly fix?: (call: Call) => readonly Fix[];
  readonly effect?: WorkloadChange;
  readonly advice?: (program: Program) => string;
}

/** Rules with fixed behaviour, so that tests of the command line do not change with the real ones. */
export const TEST_RULES: readonly RegisteredRule[] = [
  callRule({
    id: 'wasteful-call',
    callee: 'waste',
    fixes: ['safe'],
    fix: (call) => rename(call, 'save', 'safe'),
    effect: {
      before: { kind: 'load-model', unit: 'request', model: { parameters: 7e9 }, loadsPerUnit: 1 },
      after: { loadsPerUnit: 0 },
    },
  }),
  callRule({
    id: 'chained-call',
    callee: 'save',
    severity: 'hint',
    fixes: ['suggestion'],
    fix: (call) => rename(call, 'keep', 'suggestion'),
  }),
  callRule({ id: 'first-step', callee: 'first', fixes: ['safe'], fix: (call) => rename(call, 'second', 'safe') }),
  callRule({ id: 'second-step', callee: 'second', fixes: ['safe'], fix: (call) => rename(call, 'third', 'safe') }),
  callRule({
    id: 'broken-fix',
    callee: 'breaks',
    severity: 'information',
    fixes: ['safe'],
    fix: (call) => rename(call, 'if if', 'safe'),
  }),
  callRule({ id: 'strict-call', callee: 'opinion', tier: 'strict' }),
  callRule({ id: 'versioned-call', callee: 'versioned', advice: (program) => declaredBy(program) }),
];

/** Documentation of some of them, in the form of the shipped rules. */
export const RULE_PAGES: Readonly<Record<string, string | undefined>> = {
  'wasteful-call': page('Calls of `waste`.', 'warning', 'hint', 'warning'),
  'chained-call': page('Calls of `save`.', 'hint', 'warning', 'information'),
};

function page(what: string, ...severities: readonly Severity[]): string {
  const examples = severities.map((severity) => `\`\`\`python bad line=1 severity=${severity}\nwaste()\n\`\`\``);
  return ['# Title', '## What', what, '## Why', '- It [wastes](https://x.example).', '## Examples', ...examples].join(
    '\n\n',
  );
}

function callRule({
  id,
  callee,
  severity = 'warning',
  tier = 'recommended',
  fixes = [],
  fix,
  effect,
  advice,
}: CallRule): RegisteredRule {
  return defineRule<Call>({
    meta: {
      id,
      title: `Calls ${callee}`,
      category: 'redundant-compute',
      languages: ['python', 'typescript'],
      tier,
      fixes,
      catalogue: [`catalogue-${id}`],
      libraries: ['torch', '@huggingface/transformers'],
      since: '0.1.0',
    },
    *detect(program) {
      for (const call of program.calls) {
        if (call.node.callee.kind !== 'name' || call.node.callee.name !== callee) continue;
        const message = {
          what: `${callee}() wastes energy.`,
          why: 'It does.',
          advice: advice?.(program) ?? 'Do not call it.',
        };
        yield { span: call.node, severity, message, related: [], state: call };
      }
    },
    ...(effect ? { effect: () => effect } : {}),
    fixes: (hit) => fix?.(hit.state) ?? [],
  });
}

function rename(call: Call, name: string, safety: FixSafety): readonly Fix[] {
  const { start, end } = call.node.callee;
  return [{ title: `Call ${name}`, safety, edits: [{ span: { start, end }, text: name }] }];
}

/** What the program model knows of the version of transformers. */
function declaredBy({ environment }: Program): string {
  const version = environment.versions.version('transformers');
  return version.kind === 'known' ? `declared by ${version.value.declaredBy}.` : `${version.kind}.`;
}
