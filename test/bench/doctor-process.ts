/** A doctor in a process of its own, so that memory and blocking are its alone: node doctor-process.ts FILE DATA_DIR */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Job } from '../../src-main/contract/doctor/jobs.ts';
import { repairSchema, undoSchema } from '../../src-main/contract/doctor/requests.ts';
import { doctorSettingsSchema } from '../../src-main/contract/settings/doctor.ts';
import { createDoctor } from '../../src-main/doctor/doctor.ts';
import { systemClock } from '../../src-main/platform/clock.ts';

const [file, folder] = process.argv.slice(2) as [string, string];
const settings = doctorSettingsSchema.parse({});
const doctor = createDoctor({ clock: systemClock, folder, settings: () => settings, profiles: () => [] });

async function timed(
  job: Job,
): Promise<{ readonly job: Job; readonly seconds: number; readonly phases: Record<string, number> }> {
  const start = systemClock.monotonic();
  const phases: Record<string, number> = {};
  let last = job;
  let at = start;
  for await (const state of doctor.jobs.watch(job.id)) {
    const now = systemClock.monotonic();
    phases[last.progress.phase] = (phases[last.progress.phase] ?? 0) + (now - at) / 1000;
    at = now;
    last = state;
  }
  return { job: last, seconds: (systemClock.monotonic() - start) / 1000, phases };
}

/**
 * Longest stretch of the main thread's own computing between two intervals: other programs' load does not count in it.
 */
let longestComputeMs = 0;
let computed = process.threadCpuUsage();
setInterval(() => {
  const now = process.threadCpuUsage();
  longestComputeMs = Math.max(longestComputeMs, (now.user + now.system - computed.user - computed.system) / 1000);
  computed = now;
}, 1).unref();

const delay = monitorEventLoopDelay({ resolution: 1 });
// What starting the process costs is not the doctor's.
await systemClock.sleep(300);
// The same clockwork without any work: what the machine's other load alone holds up.
const idle = monitorEventLoopDelay({ resolution: 1 });
idle.enable();
await systemClock.sleep(8_000);
idle.disable();
longestComputeMs = 0;
delay.enable();
const examined = await timed(doctor.examine({ file, profile: null, isThorough: true }));
const repaired = await timed(doctor.repair(repairSchema.parse({ file, confirm: 'never' })));
const undone = await timed(doctor.undo(undoSchema.parse({ file })));
delay.disable();
await doctor.close();
process.send?.({
  examineSeconds: examined.seconds,
  repairSeconds: repaired.seconds,
  phases: repaired.phases,
  undoSeconds: undone.seconds,
  repair: repaired.job.result,
  failure: repaired.job.failure ?? undone.job.failure,
  undo: undone.job.result,
  longestBlockMs: delay.max / 1e6,
  block99Ms: delay.percentile(99) / 1e6,
  longestComputeMs,
  idleBlockMs: idle.max / 1e6,
  idle99Ms: idle.percentile(99) / 1e6,
});
