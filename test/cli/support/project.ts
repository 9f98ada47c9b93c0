import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CliContext } from '../../../src/cli/cliContext.ts';
import { run } from '../../../src/cli/run.ts';
import { NodeFileSystem } from '../../../src/host/nodeFileSystem.ts';
import { builtinCatalogue } from '../../../src/host/project/builtinCatalogue.ts';
import { loadParsers } from '../../unit/syntax/loadParsers.ts';
import { RULE_PAGES, TEST_RULES } from './testRules.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder on the disk, removed after the test, in which the command line runs in process with the test rules. */
export class Project {
  readonly root = mkdtempSync(path.join(tmpdir(), 'green-ai-test-'));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  read(name: string): string {
    return readFileSync(path.join(this.root, name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(path.join(this.root, name));
  }

  async run(
    argv: readonly string[],
    options: Partial<CliContext> & { readonly stdin?: string | Uint8Array } = {},
  ): Promise<Outcome> {
    let stdout = '';
    let stderr = '';
    const { stdin = '', ...overrides } = options;
    const code = await run(argv, {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      readStdin: async () => (typeof stdin === 'string' ? Buffer.from(stdin) : stdin),
      cwd: this.root.replaceAll('\\', '/'),
      useColour: false,
      loadParsers: () => loadParsers(),
      rules: TEST_RULES,
      ruleDocument: async (id) => RULE_PAGES[id],
      profiles: builtinCatalogue,
      fileSystem: new NodeFileSystem(),
      version: '0.0.0-test',
      now: () => new Date('2026-03-04T05:06:07Z'),
      ...overrides,
    });
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const projects: Project[] = [];

/** A project that is removed by `removeProjects`. */
export function project(files: Readonly<Record<string, string | Uint8Array>> = {}): Project {
  const made = new Project(files);
  projects.push(made);
  return made;
}

/** To be called in `afterEach`. */
export function removeProjects(): void {
  for (const made of projects.splice(0)) made.remove();
}

/** A Python file that the test rules look at. */
export function python(...lines: readonly string[]): string {
  return ['import torch', ...lines, ''].join('\n');
}
