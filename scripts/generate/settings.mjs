const LEVELS = ['off', 'warning', 'information', 'hint'];
const START = '<!-- rules:start -->';
const END = '<!-- rules:end -->';

/** package.json with a key per rule under the setting `greenAi.rules`. */
export function withRuleSettings(text, rules) {
  const manifest = JSON.parse(text);
  const setting = manifest.contributes?.configuration?.properties?.['greenAi.rules'];
  if (setting === undefined) return text;
  setting.properties = Object.fromEntries(
    byId(rules).map((rule) => [rule.id, { type: 'string', enum: LEVELS, description: rule.title }]),
  );
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A schema with the rules' ids in its definition `ruleId`. */
export function withRuleIds(text, rules) {
  const schema = JSON.parse(text);
  const definition = (schema.definitions ?? schema.$defs)?.ruleId;
  if (definition === undefined) return text;
  definition.enum = byId(rules).map((rule) => rule.id);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** A Markdown file with the table between its markers. */
export function withTable(text, table) {
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md: markers ${START} and ${END} are missing`);
  return `${text.slice(0, start + START.length)}\n${table}${text.slice(end)}`;
}

function byId(rules) {
  return [...rules].sort((a, b) => a.id.localeCompare(b.id));
}
