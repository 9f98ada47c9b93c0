const LANGUAGE = { python: 'Python', typescript: 'TypeScript' };

/** Page of each rule: its document without the test keys of its code blocks, and its metadata as a table. */
export function rulePages(rules) {
  return new Map(rules.map((rule) => [`${rule.id}.md`, page(rule)]));
}

function page(rule) {
  const [title, ...rest] = rule.document.split('\n');
  const facts = [
    ['Id', `\`${rule.id}\``],
    ['Category', `\`${rule.category}\``],
    ['Languages', languages(rule)],
    ['Tier', tier(rule)],
    ['Fix', fixes(rule)],
    ['Since', rule.since],
  ];
  const table = ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
  return `${title}\n\n${table}\n${rest.join('\n').replace(/^```(\w+) (?:bad|good|fixed)\b.*$/gm, '```$1')}`;
}

/** Index of docs/rules. */
export function ruleIndex(rules) {
  return `# Rules\n\n${table(rules, (rule) => `[\`${rule.id}\`](${rule.id}.md)`)}`;
}

/** Rule table of the README. */
export function ruleTable(rules) {
  return table(rules, (rule) => `[\`${rule.id}\`](docs/rules/${rule.id}.md)`);
}

function table(rules, link) {
  const rows = rules.map(
    (rule) =>
      `| ${link(rule)} | ${rule.title} | \`${rule.category}\` | ${languages(rule)} | ${tier(rule)} | ${fixes(rule)} |\n`,
  );
  return `| Rule | Finds | Category | Languages | Tier | Fix |\n|---|---|---|---|---|---|\n${rows.join('')}`;
}

function languages(rule) {
  return rule.languages.map((language) => LANGUAGE[language]).join(', ');
}

function tier(rule) {
  return rule.tier === 'recommended' ? 'recommended (on)' : 'strict (off by default)';
}

function fixes(rule) {
  return rule.fixes.length === 0 ? 'guidance' : rule.fixes.join(', ');
}
