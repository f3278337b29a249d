/** Backups of the watched databases on their schedule, one after another. */
import type { DoctorSettings } from '../../contract/settings/doctor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Doctor } from '../doctor-types.ts';

export interface ScheduleDeps {
  readonly clock: Clock;
  readonly doctor: Pick<Doctor, 'backUp' | 'backups' | 'jobs'>;
  readonly settings: () => DoctorSettings['backups'];
  /** Paths of the databases that are watched now, with their sizes. */
  readonly databases: () => readonly { readonly path: string; readonly sizeBytes: number }[];
}

const lookEveryMs = 10 * 60_000;
/** After a failure: the database may be damaged, and copying it again at once would only cost. */
const retryMs = 60 * 60_000;

export function isBackupDue(
  settings: DoctorSettings['backups'],
  sizeBytes: number,
  newestAt: number | null,
  failedAt: number | null,
  now: number,
): boolean {
  if (!settings.isEnabled || sizeBytes > settings.maxDatabaseMegabytes * 1_048_576) return false;
  if (failedAt !== null && now - failedAt < retryMs) return false;
  return newestAt === null || now - newestAt >= settings.intervalHours * 3_600_000;
}

export function startBackupSchedule({ clock, doctor, settings, databases }: ScheduleDeps): Disposable {
  const failures = new Map<string, number>();
  let timer: Disposable | undefined;
  let isStopped = false;

  const backUpOne = async (path: string, sizeBytes: number): Promise<void> => {
    const newest = (await doctor.backups(path))[0]?.at ?? null;
    if (isStopped || !isBackupDue(settings(), sizeBytes, newest, failures.get(path) ?? null, clock.now())) return;
    const { id } = doctor.backUp(path);
    for await (const job of doctor.jobs.watch(id)) {
      if (job.state === 'failed') failures.set(path, clock.now());
      if (job.state === 'done') failures.delete(path);
    }
  };
  const round = async (): Promise<void> => {
    // No thread can be had, on a full disk for instance: as much a failure as a copy that can't be made.
    for (const { path, sizeBytes } of databases())
      if (settings().isEnabled && !isStopped)
        await backUpOne(path, sizeBytes).catch(() => failures.set(path, clock.now()));
    if (!isStopped) timer = clock.after(lookEveryMs, () => void round());
  };
  timer = clock.after(lookEveryMs / 10, () => void round());
  return {
    [Symbol.dispose]: () => {
      isStopped = true;
      timer?.[Symbol.dispose]();
    },
  };
}
