// Written by scripts/generate.mjs.

import type { RegisteredRule } from '../src/core/engine/rule.ts';

/** Every rule, in order of id. */
export const rules: readonly RegisteredRule[] = [];
