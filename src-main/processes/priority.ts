/**
 * Less of the machine for one process, in ways that can be set back without rights. On Linux neither a raised nice
 * value nor SCHED_IDLE can: so it gets half of the processors, the batch scheduler and the last place at the disk. What
 * it had is read before anything is changed. On Windows a lowered priority class can be raised again; on macOS
 * `taskpolicy` can (neither run there).
 */
import { constants, setPriority } from 'node:os';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import { runCommand } from '../platform/run-command.ts';

/** What it had before, as the tools write it. */
export interface PriorityBefore {
  /** `0-3,6` */
  readonly processors?: string;
  /** `SCHED_OTHER` */
  readonly policy?: string;
  /** `none: prio 4`, `best-effort: prio 4`, `idle` */
  readonly disk?: string;
}

const limits = { timeoutMs: 5_000 };

export const canLower = (platform: NodeJS.Platform): boolean =>
  platform === 'linux' || platform === 'win32' || platform === 'darwin';

export async function lowerPriority(pid: number, platform: NodeJS.Platform): Promise<Outcome<PriorityBefore>> {
  if (platform !== 'linux') return lowerElsewhere(pid, platform);
  const before = await readPriority(pid);
  if (!before.ok) return before;
  const { processors = '', policy, disk } = before.value;
  if (policy !== 'SCHED_OTHER') return notAllowed(`it runs as ${policy ?? 'nobody tells'}`);
  const steps = [
    ['chrt', '--all-tasks', '--batch', '--pid', '0', String(pid)],
    ['taskset', '--all-tasks', '--cpu-list', '--pid', half(processors), String(pid)],
    ...(disk === undefined ? [] : [['ionice', '--class', '3', '--pid', String(pid)]]),
  ];
  for (const [program = '', ...parameters] of steps) {
    const done = await runCommand(program, parameters, limits);
    if (!done.ok) {
      await restorePriority(pid, before.value, platform);
      return notAllowed(done.failure.message);
    }
  }
  return before;
}

export async function restorePriority(
  pid: number,
  before: PriorityBefore,
  platform: NodeJS.Platform,
): Promise<Outcome<undefined>> {
  if (platform !== 'linux') return restoreElsewhere(pid, platform);
  const { processors, disk } = before;
  const steps = [
    ['chrt', '--all-tasks', '--other', '--pid', '0', String(pid)],
    ...(processors === undefined ? [] : [['taskset', '--all-tasks', '--cpu-list', '--pid', processors, String(pid)]]),
    ...(disk === undefined ? [] : [['ionice', ...ioniceOf(disk), '--pid', String(pid)]]),
  ];
  let failure: string | undefined;
  for (const [program = '', ...parameters] of steps) {
    const done = await runCommand(program, parameters, limits);
    if (!done.ok) failure ??= done.failure.message;
  }
  return failure === undefined ? ok(undefined) : notAllowed(failure);
}

/** What it has now. */
export async function readPriority(pid: number): Promise<Outcome<PriorityBefore>> {
  const [affinity, scheduler, disk] = await Promise.all([
    runCommand('taskset', ['--cpu-list', '--pid', String(pid)], limits),
    runCommand('chrt', ['--pid', String(pid)], limits),
    runCommand('ionice', ['--pid', String(pid)], limits),
  ]);
  const processors = affinity.ok ? /affinity list: ([\d,-]+)/.exec(affinity.value)?.[1] : undefined;
  const policy = scheduler.ok ? /scheduling policy: (\w+)/.exec(scheduler.value)?.[1] : undefined;
  if (processors === undefined || policy === undefined)
    return notAllowed('taskset and chrt, which belong to util-linux, did not tell what it has');
  return ok({ processors, policy, ...(disk.ok && { disk: disk.value.trim() }) });
}

/** The first half of a list of processors; one stays one. */
export function half(list: string): string {
  const all = list.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return all.slice(0, Math.max(1, Math.floor(all.length / 2))).join(',');
}

function ioniceOf(disk: string): readonly string[] {
  const level = /prio (\d)/.exec(disk)?.[1];
  if (disk.startsWith('idle')) return ['--class', '3'];
  if (disk.startsWith('realtime')) return ['--class', '1', '--classdata', level ?? '4'];
  return disk.startsWith('best-effort') ? ['--class', '2', '--classdata', level ?? '4'] : ['--class', '0'];
}

async function lowerElsewhere(pid: number, platform: NodeJS.Platform): Promise<Outcome<PriorityBefore>> {
  if (platform === 'darwin') {
    const done = await runCommand('taskpolicy', ['-b', '-p', String(pid)], limits);
    return done.ok ? ok({}) : notAllowed(done.failure.message);
  }
  return setClass(pid, constants.priority.PRIORITY_BELOW_NORMAL);
}

async function restoreElsewhere(pid: number, platform: NodeJS.Platform): Promise<Outcome<undefined>> {
  if (platform === 'darwin') {
    const done = await runCommand('taskpolicy', ['-B', '-p', String(pid)], limits);
    return done.ok ? ok(undefined) : notAllowed(done.failure.message);
  }
  const done = setClass(pid, constants.priority.PRIORITY_NORMAL);
  return done.ok ? ok(undefined) : done;
}

function setClass(pid: number, priority: number): Outcome<PriorityBefore> {
  try {
    setPriority(pid, priority);
    return ok({});
  } catch (error) {
    return notAllowed((error as Error).message);
  }
}

const notAllowed = (detail: string): Outcome<never> => failed('process-not-changed', { detail });
