/**
 * What can be seen of and done to one process. Each deed asks right before it whether the process is still the one that
 * was looked at, whose it is, and whether the system or the monitor hangs on it.
 */
import type { ProcessRow } from '../contract/live.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { ProcessDetails, ProcessRef, RelatedProcess } from '../contract/processes.ts';
import { redactText } from '../contract/text/redact.ts';
import type { Clock } from '../platform/clock.ts';
import { processStart } from '../platform/process-start.ts';
import { commandOnLinux, openThingsOnLinux, uidOnLinux } from './linux-process.ts';
import { canLower, lowerPriority, type PriorityBefore, restorePriority } from './priority.ts';
import { refusalFor } from './refusal.ts';
import { isZombie, sendSignal } from './send-signal.ts';

export interface ProcessDeskDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** One process of the newest list, with its name for people. */
  readonly find: (pid: number) => ProcessRow | undefined;
  readonly childrenOf: (pid: number) => readonly RelatedProcess[];
  /** The monitor's own process, and who runs it; null where the system has no such number. */
  readonly self: number;
  readonly uid: number | null;
  /** Something was done, for the history. */
  readonly onDone?: (what: 'process-ended' | 'priority-lowered' | 'priority-restored', label: string) => void;
  /** What was lowered outlives a restart of the monitor. */
  readonly lowered: LoweredList;
}

/** What processes had before their priority was lowered, by `pid start`. */
export interface LoweredList {
  get(key: string): PriorityBefore | undefined;
  set(key: string, before: PriorityBefore): void;
  delete(key: string): void;
}

export interface ProcessDesk {
  details(pid: number): Outcome<ProcessDetails>;
  command(ref: ProcessRef): Outcome<{ readonly command: string | null }>;
  end(ref: ProcessRef, how: 'politely' | 'hard'): Promise<Outcome<{ readonly hasEnded: boolean }>>;
  lowerPriority(ref: ProcessRef): Promise<Outcome<Record<string, never>>>;
  restorePriority(ref: ProcessRef): Promise<Outcome<Record<string, never>>>;
}

const maxAbove = 20;
const lookEveryMs = 100;
const maxWaitMs = 5_000;

export function createProcessDesk(deps: ProcessDeskDeps): ProcessDesk {
  const { clock, platform, find, childrenOf, self, uid, lowered } = deps;
  const isLinux = platform === 'linux';

  /** Undefined where it is gone. Where the system does not tell beginnings, that of the newest list. */
  function startOf(pid: number): string | undefined {
    if (isLinux) return processStart(pid);
    const startedAt = find(pid)?.startedAt;
    return startedAt === undefined || startedAt === null ? undefined : `at ${startedAt}`;
  }
  const parentOf = (pid: number): number | null => find(pid)?.parent ?? null;

  function refusal(row: ProcessRow): ReturnType<typeof refusalFor> {
    const owner = isLinux ? uidOnLinux(row.pid) : null;
    return refusalFor({ ...row, uid: owner }, { self, uid: isLinux ? uid : null, parentOf });
  }

  /** The process that was looked at, if it may be touched. */
  function touchable({ pid, start }: ProcessRef): Outcome<ProcessRow> {
    const now = startOf(pid);
    const row = find(pid);
    if (now === undefined || row === undefined) return gone();
    if (now !== start) return failed('process-other');
    const why = refusal(row);
    if (why === null) return ok(row);
    return failed(why);
  }

  async function hasEnded(ref: ProcessRef): Promise<boolean> {
    for (let waited = 0; waited < maxWaitMs; waited += lookEveryMs) {
      if (startOf(ref.pid) !== ref.start || (isLinux && isZombie(ref.pid))) return true;
      await new Promise<void>((resolve) => void clock.after(lookEveryMs, resolve));
    }
    return false;
  }

  return {
    details(pid) {
      const row = find(pid);
      const start = startOf(pid);
      if (row === undefined || start === undefined) return gone();
      const above: RelatedProcess[] = [];
      for (let at = row.parent; at !== null && above.length < maxAbove; at = parentOf(at)) {
        const one = find(at);
        if (one === undefined || above.some((known) => known.pid === at)) break;
        above.push({ pid: at, label: one.label });
      }
      return ok({
        pid,
        start,
        name: row.name,
        label: row.label,
        user: row.user ?? null,
        unit: row.unit ?? null,
        startedAt: row.startedAt,
        above,
        children: childrenOf(pid),
        ...(isLinux ? openThingsOnLinux(pid) : { ports: null, databases: null }),
        refusal: refusal(row),
        isLowered: lowered.get(keyOf({ pid, start })) !== undefined,
        canLower: canLower(platform),
      });
    },
    command(ref) {
      if (startOf(ref.pid) !== ref.start) return gone();
      const command = isLinux ? commandOnLinux(ref.pid) : undefined;
      return ok({ command: command === undefined ? null : redactText(command) });
    },
    async end(ref, how) {
      const row = touchable(ref);
      if (!row.ok) return row;
      const sent = await sendSignal(ref.pid, how === 'hard' ? 'SIGKILL' : 'SIGTERM', platform);
      if (!sent.ok) return notChanged(sent.failure.message);
      const ended = await hasEnded(ref);
      if (ended) deps.onDone?.('process-ended', row.value.label);
      return ok({ hasEnded: ended });
    },
    async lowerPriority(ref) {
      const row = touchable(ref);
      if (!row.ok) return row;
      const key = keyOf(ref);
      if (lowered.get(key) !== undefined) return ok({});
      const done = await lowerPriority(ref.pid, platform);
      if (!done.ok) return done;
      lowered.set(key, done.value);
      deps.onDone?.('priority-lowered', row.value.label);
      return ok({});
    },
    async restorePriority(ref) {
      const row = touchable(ref);
      if (!row.ok) return row;
      const before = lowered.get(keyOf(ref));
      if (before === undefined) return ok({});
      const done = await restorePriority(ref.pid, before, platform);
      if (!done.ok) return done;
      lowered.delete(keyOf(ref));
      deps.onDone?.('priority-restored', row.value.label);
      return ok({});
    },
  };
}

const keyOf = ({ pid, start }: ProcessRef): string => `${pid} ${start}`;
const gone = (): Outcome<never> => failed('process-gone');
const notChanged = (detail: string): Outcome<never> => failed('process-not-changed', { detail });
