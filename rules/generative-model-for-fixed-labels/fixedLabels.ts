/** Ways in which prompts list the labels that may be answered. */
const LABELS: readonly RegExp[] = [
  /\b(positive|negative)["'`]?(,| or| \/|\/|\|)\s*(or )?["'`]?(positive|negative|neutral)["'`]?((, | or |, or )["'`]?(positive|negative|neutral)["'`]?)?/i,
  /\b(answer|reply|respond|return|output)\b[^.\n]{0,40}\b["'`]?(yes["'`]? or ["'`]?no|true["'`]? or ["'`]?false|no["'`]? or ["'`]?yes)\b/i,
  /\b(spam|toxic|safe|relevant|hate(ful)?)["'`]? or ["'`]?(not |ham|un|ir|non-?)\w*/i,
  /\b(exactly )?one of( the following| these)?( \w+){0,3}: *["'`[]?[\w -]+["'`]?(, *["'`]?[\w -]+["'`]?){1,12}/i,
];
/** Ways in which prompts ask for the label and no more. */
const ONLY =
  /\b(answer|reply|respond|return|output|give)\b[^.\n]{0,40}\b(only|just|exactly|(one|single)[- ]word|nothing else)\b|\bonly (answer|reply|respond|return|output)\b|\bin (one|a single) word\b/i;
/** Another model's work is judged, data for a small model are made, or the answer is more than a label. */
const JUDGES =
  /\b(judge|grader?|rubric|evaluat\w*|benchmark|teacher|annotat\w*|synthetic|step[- ]by[- ]step|explain|justif\w*|reason\w*|medical|legal|diagnos\w*|contradict\w*|fact-?check\w*|code)\b/i;

/** The labels as the prompt lists them, cut to what a message bears; `undefined` where it lists none. */
export function fixedLabels(prompt: string): string | undefined {
  for (const pattern of LABELS) {
    const found = pattern.exec(prompt)?.[0].replace(/\s+/g, ' ').trim();
    if (found !== undefined) return found.length <= 60 ? found : `${found.slice(0, 59)}…`;
  }
  return undefined;
}

export function wantsOnlyLabel(prompt: string): boolean {
  return ONLY.test(prompt);
}

/** A path or a prompt that says the answer judges something, or trains something. */
export function isJudgement(text: string): boolean {
  return JUDGES.test(text.replaceAll('_', ' ').replaceAll('/', ' '));
}
