import type { Severity } from '../../core/engine/rule.ts';

export function sarifLevel(severity: Severity): 'warning' | 'note' {
  return severity === 'warning' ? 'warning' : 'note';
}
