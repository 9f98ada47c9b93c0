import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'test/behaviour/programs';
const STAND_INS = 'test/behaviour/standins';

/** A program that shows what a rule reports, prints its results, and needs nothing but the libraries of Debian and its stand-ins. */
export interface BehaviourProgram {
  /** `<rule id>.<what is shown>.py`. */
  readonly name: string;
  readonly ruleId: string;
  readonly text: string;
  /** Modules that stand in for a library which Debian lacks, named in the line `# stand-in: module`. */
  readonly standIns: readonly string[];
}

export function behaviourPrograms(): readonly BehaviourProgram[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.py'));
  return names.sort().map((name) => {
    const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
    const standIns = [...text.matchAll(/^# stand-in: (\w+)$/gm)].flatMap(([, module]) => module ?? []);
    return { name, ruleId: name.slice(0, name.indexOf('.')), text, standIns };
  });
}

/** Modules that stand in for a library. */
export function standIns(): readonly string[] {
  return readdirSync(STAND_INS)
    .filter((name) => name.endsWith('.py'))
    .map((name) => name.slice(0, -'.py'.length));
}

export const STAND_IN_FOLDER = STAND_INS;
