/** How busy the processors are: in all, per core and by mode, and how many tasks want them. */
import { cpus, loadavg } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { type CpuTimes, parseProcStat, timesOfCpus, usageBetween } from './readers/cpu-times.ts';
import { HeldFile } from './readers/held-file.ts';
import { rounded } from './rounding.ts';

const total: MetricDescription = {
  name: 'system_cpu_percent',
  title: { en: 'CPU', de: 'CPU' },
  help: {
    en: 'Share of the time of all cores that was not idle in the last second, in percent.',
    de: 'Anteil der Zeit aller Kerne, der in der letzten Sekunde genutzt wurde, in Prozent.',
  },
  unit: 'percent',
  kind: 'gauge',
  labels: [],
};
const perCore: MetricDescription = {
  name: 'cpu_core_usage_ratio',
  title: { en: 'CPU per core', de: 'CPU je Kern' },
  help: {
    en: 'Share of the time of one core that was not idle in the last second.',
    de: 'Anteil der Zeit eines Kerns, der in der letzten Sekunde genutzt wurde.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['core'],
};
const perMode: MetricDescription = {
  name: 'cpu_mode_ratio',
  title: { en: 'CPU by mode', de: 'CPU nach Art' },
  help: {
    en: 'Share of the time of all cores spent in this mode in the last second.',
    de: 'Anteil der Zeit aller Kerne, der in der letzten Sekunde auf diese Art genutzt wurde.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: ['mode'],
};
const load: MetricDescription = {
  name: 'cpu_load_average',
  title: { en: 'Load average', de: 'Mittlere Last' },
  help: {
    en: 'Tasks that ran or wanted to run, averaged over the window; Windows does not report it.',
    de: 'Aufgaben, die liefen oder laufen wollten, im Mittel dieser Zeit; Windows nennt sie nicht.',
  },
  unit: 'count',
  kind: 'gauge',
  labels: ['window'],
};

const windows = ['1m', '5m', '15m'].map((window) => ({ window }));

export function cpuCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const file = platform === 'linux' ? new HeldFile(`${procRoot}/stat`, 65_536) : undefined;
  const read = (): CpuTimes => (file === undefined ? timesOfCpus(cpus()) : parseProcStat(file.read()));
  const coreLabels: { readonly core: string }[] = [];
  let before: CpuTimes | undefined;
  let runs = 0;
  return {
    id: 'cpu',
    title: { en: 'CPU', de: 'CPU' },
    interval: 'fast',
    timeoutMs: 5_000,
    metrics: [total, perCore, perMode, load],
    collect(sink) {
      const now = read();
      const last = before;
      before = now;
      if (last !== undefined) {
        const all = usageBetween(now.modes, last.total, now.total);
        if (all !== undefined) {
          sink.sample(total, rounded(all.busy * 100, 1));
          for (const [index, mode] of now.modes.entries())
            sink.sample(perMode, rounded(all.shares[index] as number, 3), { mode });
        }
        for (const [core, times] of now.cores.entries()) {
          coreLabels[core] ??= { core: String(core) };
          const usage = usageBetween(now.modes, last.cores[core] ?? times, times);
          if (usage !== undefined) sink.sample(perCore, rounded(usage.busy, 3), coreLabels[core]);
        }
      }
      // The kernel renews the averages every five seconds.
      if (platform !== 'win32' && runs++ % 5 === 0)
        for (const [index, value] of loadavg().entries()) sink.sample(load, rounded(value, 2), windows[index]);
    },
    close: () => file?.[Symbol.dispose](),
  };
}
