/** Examines, repairs and backs up databases; at the start it puts in order what a crash had left of a repair. */
import { startBackupSchedule } from '../../doctor/backups/schedule.ts';
import { watchedDatabases } from '../../doctor/backups/watched-databases.ts';
import { createDoctor } from '../../doctor/doctor.ts';
import type { Doctor } from '../../doctor/doctor-types.ts';
import { describeLeftover, notificationsOfLeftovers } from '../../doctor/leftovers.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { DemoPart } from './demo.ts';
import type { Targets } from './targets.ts';

export interface DoctorPartDeps extends Foundation {
  readonly targets: Pick<Targets, 'release'>;
  readonly demo: DemoPart;
}

export function createDoctorPart(deps: DoctorPartDeps): Module<Doctor> {
  const { clock, paths, settings, targets, demo } = deps;
  const doctor = createDoctor({
    clock,
    folder: paths.doctor,
    settings: () => settings.current.doctor,
    profiles: deps.profiles,
    release: async (file) => {
      const watching = targets.release(file);
      const working = await demo.release(file);
      return {
        [Symbol.asyncDispose]: async () => {
          watching[Symbol.dispose]();
          await working[Symbol.asyncDispose]();
        },
      };
    },
  });
  return { api: doctor, part: { name: 'doctor', stop: doctor.close } };
}

const noSchedule: Disposable = { [Symbol.dispose]: () => {} };

/** Once everything else runs: a large file takes its time. */
export function createRecovery(deps: Foundation & { readonly doctor: Doctor }): Module<undefined> {
  const { clock, logger, settings, notifications, doctor } = deps;
  let backups = noSchedule;
  return {
    api: undefined,
    part: {
      name: 'recovery',
      async start() {
        const leftovers = await doctor.start();
        for (const leftover of leftovers.filter(({ end }) => end !== 'kept-newer'))
          logger.warn(describeLeftover(leftover), { end: leftover.end });
        notifications.add(notificationsOfLeftovers(leftovers, clock.now()));
        backups = startBackupSchedule({
          clock,
          doctor,
          settings: () => settings.current.doctor.backups,
          databases: () => watchedDatabases(settings.current.targets.list),
        });
      },
      stop: () => backups[Symbol.dispose](),
    },
  };
}
