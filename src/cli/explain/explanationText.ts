import type { Explanation, FileFacts, LineFacts } from '../../core/explain/explanation.ts';
import type { Paint } from '../format/paint.ts';
import { callFactsText } from './callFactsText.ts';
import { rulesText } from './rulesText.ts';

/** The facts for people: the line first, then what surrounds it. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const { path, file, calls, line } = explanation;
  const blocks = [
    ...(line ? [lineText(path, line, paint)] : [paint.bold(path)]),
    ...(calls ? [callsText(calls)] : []),
    fileText(file, paint),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function lineText(path: string, line: LineFacts, paint: Paint): string {
  const cell = line.cell === undefined ? '' : `cell ${line.cell + 1}:`;
  return [
    `${paint.bold(`${path}:${cell}${line.line + 1}`)}\n  ${line.text.trim() || '(empty line)'}`,
    ...line.calls.map((call) => callFactsText(call, paint)),
    ...(line.names.length > 0
      ? [[paint.bold('names'), ...line.names.map(({ name, values }) => row(name, values.join(' | ')))].join('\n')]
      : []),
    rulesText(line.rules, paint),
  ].join('\n\n');
}

function callsText(calls: NonNullable<Explanation['calls']>): string {
  if (calls.length === 0) return '  no call whose callee is known';
  return calls
    .map(({ cell, range, callee, roles }) => {
      const place = `${cell === undefined ? '' : `cell ${cell + 1}:`}${range.start.line + 1}:${range.start.character + 1}`;
      return row(place, `${callee}${roles.length > 0 ? ` (${roles.join(', ')})` : ''}`);
    })
    .join('\n');
}

function fileText(file: FileFacts, paint: Paint): string {
  const versions = Object.entries(file.versions);
  return [
    paint.bold('file'),
    row('hardware', file.hardware),
    row('machine', file.machine),
    row('runtime', file.runtime),
    row('test or benchmark', file.isTestOrBenchmark ? 'yes' : 'no'),
    row('syntax errors', file.hasSyntaxErrors ? 'yes' : 'no'),
    ...file.entryPoints.map((text) => row('called again', text)),
    ...versions.map(([name, declaredBy]) => row(`version of ${name}`, declaredBy)),
  ].join('\n');
}

/** Two columns. */
export function row(label: string, text: string): string {
  return `  ${label.padEnd(18)} ${text}`;
}
