/** A program by its name: how many of it run, and what they use. Seen in the process table, which is read anyway. */
import { targetGauge } from './target-metrics.ts';
import { finding, type TargetType } from './target-type.ts';

const instances = targetGauge(
  'process_target_instances',
  { en: 'Instances', de: 'Prozesse des Programms' },
  { en: 'Processes of this program.', de: 'Prozesse dieses Programms.' },
  'count',
);
const cpu = targetGauge(
  'process_target_cpu_cores_ratio',
  { en: 'CPU of the program', de: 'CPU des Programms, Kerne' },
  {
    en: 'Cores that its processes use, 1 being one core.',
    de: 'Kerne, die seine Prozesse nutzen, 1 für einen ganzen.',
  },
  'ratio',
);
const memory = targetGauge(
  'process_target_memory_bytes',
  { en: 'Memory of the program', de: 'Speicher des Programms' },
  { en: 'Memory that its processes hold.', de: 'Speicher, den seine Prozesse halten.' },
  'bytes',
);

export const processTarget: TargetType<'process'> = {
  kind: 'process',
  metrics: [instances, cpu, memory],
  interval: () => 'slow',
  timeoutMs: () => 5_000,
  open: ({ id, name, command, minCount }, { processesNamed }) => ({
    async look(sink) {
      const found = processesNamed(name, command);
      if (found === undefined) return finding('unknown', 'not-yet', 'The processes have not been listed yet');
      const labels = { target: id };
      sink.sample(instances, found.count, labels);
      if (found.count === 0) return finding('down', 'not-running', `No process called ${name} runs`);
      if (found.cpu !== null) sink.sample(cpu, Math.round(found.cpu * 1e4) / 1e4, labels);
      sink.sample(memory, found.memoryBytes, labels);
      if (found.count < minCount)
        return finding('wrong', 'too-few', `${found.count} of ${minCount} processes called ${name} run`, [], {
          count: found.count,
          minCount,
        });
      return finding('up', 'ok', `${found.count} process${found.count === 1 ? '' : 'es'} called ${name}`);
    },
  }),
};
