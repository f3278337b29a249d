/** What the monitor itself costs: a watcher that weighs on what it watches is part of the problem. */
import { performance } from 'node:perf_hooks';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { rounded } from './rounding.ts';

const cpu: MetricDescription = {
  name: 'monitor_cpu_seconds_total',
  title: { en: 'CPU time of the monitor', de: 'CPU-Zeit des Monitors' },
  help: {
    en: 'CPU time that the monitor has used since it started, all threads.',
    de: 'CPU-Zeit, die der Monitor seit seinem Start genutzt hat, alle Threads zusammen.',
  },
  unit: 'seconds',
  kind: 'counter',
  labels: [],
};
const usage: MetricDescription = {
  name: 'monitor_cpu_usage_ratio',
  title: { en: 'CPU of the monitor', de: 'CPU des Monitors' },
  help: {
    en: 'Share of one core that the monitor used since the sample before.',
    de: 'Anteil eines Kerns, den der Monitor seit der letzten Messung genutzt hat.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const memory: MetricDescription = {
  name: 'monitor_resident_memory_bytes',
  title: { en: 'Memory of the monitor', de: 'Speicher des Monitors' },
  help: {
    en: 'Memory that the monitor holds, all threads.',
    de: 'Speicher, den der Monitor hält, alle Threads zusammen.',
  },
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const heap: MetricDescription = {
  name: 'monitor_heap_used_bytes',
  title: { en: 'Heap of the monitor', de: 'Heap des Monitors' },
  help: { en: 'Memory in use by objects of the main thread.', de: 'Speicher, den Objekte des Hauptthreads benutzen.' },
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const loop: MetricDescription = {
  name: 'monitor_event_loop_busy_ratio',
  title: { en: 'Event loop', de: 'Ereignisschleife' },
  help: {
    en: 'Share of the time in which the main thread was busy.',
    de: 'Anteil der Zeit, in der der Hauptthread beschäftigt war.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const store: MetricDescription = {
  name: 'monitor_store_size_bytes',
  title: { en: 'Size of the history', de: 'Größe des Verlaufs' },
  help: {
    en: 'Files of the history store, with its write-ahead log.',
    de: 'Dateien des Verlaufs mit ihrem Write-Ahead-Log.',
  },
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const uptime: MetricDescription = {
  name: 'monitor_uptime_seconds',
  title: { en: 'Monitor running for', de: 'Laufzeit des Monitors' },
  help: { en: 'Time since the monitor started.', de: 'Zeit seit dem Start des Monitors.' },
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};

export function monitorSelfCollector({ storeSizeBytes }: CollectorDeps): Source {
  let before: { readonly seconds: number; readonly at: number } | undefined;
  let loopBefore = performance.eventLoopUtilization();
  return {
    id: 'monitor-self',
    title: { en: 'The monitor itself', de: 'Der Monitor selbst' },
    interval: 'slow',
    timeoutMs: 5_000,
    metrics: [cpu, usage, memory, heap, loop, store, uptime],
    collect(sink, { monotonic }) {
      const { user, system } = process.cpuUsage();
      const seconds = (user + system) / 1e6;
      sink.sample(cpu, rounded(seconds, 3));
      if (before !== undefined && monotonic > before.at)
        sink.sample(usage, rounded(((seconds - before.seconds) * 1_000) / (monotonic - before.at), 5));
      before = { seconds, at: monotonic };
      const { rss, heapUsed } = process.memoryUsage();
      sink.sample(memory, rss);
      sink.sample(heap, heapUsed);
      const now = performance.eventLoopUtilization();
      sink.sample(loop, rounded(performance.eventLoopUtilization(now, loopBefore).utilization, 4));
      loopBefore = now;
      sink.sample(store, storeSizeBytes?.());
      sink.sample(uptime, Math.round(process.uptime()));
    },
  };
}
