/**
 * What a person calls each process. A command line is read when a process is first seen and once more at the next look
 * (it may have been caught before its exec, or before it wrote its title); the names are taken from it at once and it
 * is forgotten.
 */
import type { ProcessUnit } from '../contract/live.ts';
import type { ProcessFigures, ProcessReader } from './readers/process-list.ts';

/** What names a process, handed in: `explain/who` knows how. */
export interface Identity {
  readonly label: string;
  /** A shell or starter that only waits for what it started. */
  readonly isWrapper: boolean;
  /** A helper of the app that began it. */
  readonly isHelper: boolean;
  /** What a session or the system itself is made of: nobody says that it started something. */
  readonly isSession: boolean;
}
export type Identify = (process: { readonly name: string; readonly command: string | null }) => Identity;

export interface KnownProcess extends Identity {
  readonly unit: ProcessUnit | undefined;
}

interface Kept extends KnownProcess {
  readonly startedKey: number;
  readonly looks: number;
}

const enoughLooks = 2;

export class ProcessIdentities {
  readonly #kept = new Map<number, Kept>();
  readonly #identify: Identify;
  readonly #reader: Pick<ProcessReader, 'commandOf' | 'unitOf'>;

  constructor(identify: Identify, reader: Pick<ProcessReader, 'commandOf' | 'unitOf'>) {
    this.#identify = identify;
    this.#reader = reader;
  }

  /** Looks at those that are new, and forgets those that are gone. */
  update(list: readonly ProcessFigures[]): void {
    const alive = new Set<number>();
    for (const { pid, name, startedKey } of list) {
      alive.add(pid);
      const before = this.#kept.get(pid);
      const looks = before?.startedKey === startedKey ? before.looks : 0;
      if (looks >= enoughLooks) continue;
      const identity = this.#identify({ name, command: this.#reader.commandOf?.(pid) ?? null });
      const unit = this.#reader.unitOf?.(pid);
      this.#kept.set(pid, { ...identity, unit, startedKey, looks: looks + 1 });
    }
    for (const pid of this.#kept.keys()) if (!alive.has(pid)) this.#kept.delete(pid);
  }

  /** Undefined for one that was not in the last list. */
  of(pid: number): KnownProcess | undefined {
    return this.#kept.get(pid);
  }
}
