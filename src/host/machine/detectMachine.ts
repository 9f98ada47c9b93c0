import { type MachineFacts, machineProfile } from '../../knowledge/hardware/machineProfile.ts';
import type { LocalMachine, LocalProfile } from '../project/profileCatalogue.ts';

/** What is needed of a thread that reads the machine. */
export interface ProbeThread {
  once(event: 'message', listener: (facts: MachineFacts) => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'exit', listener: () => void): unknown;
}

/** Detects the machine when it is asked for, once; a failure is tried again the next time. */
export function detectMachine(start: () => ProbeThread): LocalMachine {
  let found: Promise<LocalProfile> | undefined;
  return async () => {
    found ??= probe(start);
    const result = await found;
    if ('failure' in result) found = undefined;
    return result;
  };
}

/** A machine that must not or cannot be looked at, and why. */
export function noMachine(failure: string): LocalMachine {
  return () => Promise.resolve({ failure });
}

function probe(start: () => ProbeThread): Promise<LocalProfile> {
  return new Promise((resolve) => {
    try {
      const thread = start();
      thread.once('message', (facts) => resolve({ profile: machineProfile(facts) }));
      thread.once('error', (error) => resolve({ failure: `the hardware cannot be read: ${error.message}` }));
      thread.once('exit', () => resolve({ failure: 'the hardware cannot be read' }));
    } catch (error) {
      resolve({ failure: `the hardware cannot be read: ${error instanceof Error ? error.message : String(error)}` });
    }
  });
}
