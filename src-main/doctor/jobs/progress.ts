/** From a phase's share to the percentage of the whole job and the time that is left. Pure. */
import type { Job, JobPhase, JobProgress } from '../../contract/doctor/jobs.ts';

type Span = readonly [from: number, to: number];
type Spans = Readonly<Partial<Record<JobPhase, Span>>>;

const repairing: Spans = {
  wait: [0, 0],
  copy: [0, 20],
  examine: [20, 30],
  repair: [30, 80],
  salvage: [30, 80],
  verify: [80, 95],
  confirm: [95, 95],
  swap: [95, 100],
};

/** Where each phase begins and ends, percent. */
const spans: Readonly<Record<Job['kind'], Spans>> = {
  examine: { examine: [0, 100] },
  plan: { examine: [0, 100] },
  repair: repairing,
  restore: repairing,
  undo: { wait: [0, 0], copy: [0, 80], swap: [80, 100] },
  backup: { backup: [0, 80], verify: [80, 100] },
};

/** Before this much is done an estimate is a guess. */
const leastPercent = 3;
const leastMs = 500;

export function progressOf(
  kind: Job['kind'],
  before: JobProgress,
  phase: JobPhase,
  share: number,
  step: string | undefined,
  elapsedMs: number,
): JobProgress {
  const [from, to] = spans[kind][phase] ?? [before.percent, before.percent];
  const percent = Math.min(100, Math.max(before.percent, from + (to - from) * Math.min(1, Math.max(0, share))));
  const isKnown = percent >= leastPercent && elapsedMs >= leastMs;
  return {
    phase,
    percent: Math.round(percent * 10) / 10,
    leftMs: isKnown ? Math.round((elapsedMs * (100 - percent)) / percent) : null,
    ...(step !== undefined && { step }),
  };
}
