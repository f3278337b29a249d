/** What the monitor itself costs: a watcher that weighs on what it watches is part of the problem. */
import { performance } from 'node:perf_hooks';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { rounded } from './rounding.ts';

const cpu: MetricDescription = {
  name: 'monitor_cpu_seconds_total',
  title: 'CPU time of the monitor',
  help: 'CPU time that the monitor has used since it started, all threads.',
  unit: 'seconds',
  kind: 'counter',
  labels: [],
};
const usage: MetricDescription = {
  name: 'monitor_cpu_usage_ratio',
  title: 'CPU of the monitor',
  help: 'Share of one core that the monitor used since the beat before.',
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const memory: MetricDescription = {
  name: 'monitor_resident_memory_bytes',
  title: 'Memory of the monitor',
  help: 'Memory that the monitor holds, all threads.',
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const heap: MetricDescription = {
  name: 'monitor_heap_used_bytes',
  title: 'Heap of the monitor',
  help: 'Memory in use by objects of the main thread.',
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const loop: MetricDescription = {
  name: 'monitor_event_loop_busy_ratio',
  title: 'Event loop',
  help: 'Share of the time in which the main thread was busy.',
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const store: MetricDescription = {
  name: 'monitor_store_size_bytes',
  title: 'Size of the history',
  help: 'Files of the history store, with its write-ahead log.',
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
};
const uptime: MetricDescription = {
  name: 'monitor_uptime_seconds',
  title: 'Monitor running for',
  help: 'Time since the monitor started.',
  unit: 'seconds',
  kind: 'gauge',
  labels: [],
};

export function monitorSelfCollector({ storeSizeBytes }: CollectorDeps): Source {
  let before: { readonly seconds: number; readonly at: number } | undefined;
  let loopBefore = performance.eventLoopUtilization();
  return {
    id: 'monitor-self',
    title: 'The monitor itself',
    beat: 'slow',
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
