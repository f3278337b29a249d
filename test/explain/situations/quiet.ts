import { one, type Situation, target } from './situation.ts';

export const quiet: readonly Situation[] = [
  ...Array.from(
    { length: 6 },
    (_, index): Situation => ({
      title: `an ordinary minute, ${index + 1}`,
      machine: {
        seed: 100 + index,
        cores: [2, 4, 8, 16][index % 4] as number,
        platform: (['linux', 'macos', 'windows'] as const)[index % 3] as 'linux',
        memoryPercent: 40 + index * 6,
      },
      cause: undefined,
    }),
  ),
  {
    title: 'niced work that lets everything else go first',
    machine: {
      seed: 109,
      extras: [
        {
          from: 0,
          values: () => ({ 'cpu_mode_ratio{mode="nice"}': 0.93, 'pressure_waiting_ratio{resource="cpu"}': 0.03 }),
          processes: () => [{ pid: 9599, parent: 1, name: 'boinc', command: '/usr/bin/boinc', cpuCores: 3.8 }],
        },
      ],
    },
    cause: undefined,
  },
  {
    title: 'a spike of three seconds',
    machine: {
      seed: 110,
      extras: [one(40, () => [{ pid: 9600, parent: 1120, name: 'node', command: 'node a.js', cpuCores: 3.9 }], 43)],
    },
    cause: undefined,
  },
  {
    title: 'a spike every ten seconds',
    machine: {
      seed: 111,
      extras: [
        one(0, (second) => (second % 10 < 2 ? [{ pid: 9601, parent: 1, name: 'cron-job', cpuCores: 3.9 }] : [])),
      ],
    },
    cause: undefined,
  },
  {
    title: 'one of many cores is busy',
    machine: {
      seed: 112,
      cores: 8,
      extras: [one(0, () => [{ pid: 9602, parent: 1, name: 'python3', command: 'python3 train.py', cpuCores: 1 }])],
    },
    cause: undefined,
  },
  { title: 'much memory, but no want of it', machine: { seed: 113, memoryPercent: 86 }, cause: undefined },
  {
    title: 'swap that was filled long ago',
    machine: { seed: 114, memoryPercent: 70, extras: [{ from: 0, values: () => ({ memory_swap_used_bytes: 4e9 }) }] },
    cause: undefined,
  },
  {
    title: 'a download that slows nobody',
    machine: {
      seed: 115,
      extras: [{ from: 30, values: () => ({ 'network_receive_bytes_per_second{interface="eth0"}': 6e6 }) }],
    },
    cause: undefined,
  },
  {
    title: 'a disk that is busy while nobody waits',
    machine: {
      seed: 116,
      extras: [{ from: 20, values: () => ({ 'disk_activity_busy_ratio{device="nvme0n1"}': 0.95 }) }],
    },
    cause: undefined,
  },
  {
    title: 'one failed look',
    machine: {
      seed: 117,
      extras: [
        { from: 0, values: (second) => (second % 10 === 0 ? target('api', 'http', second === 40 ? 0 : 1) : {}) },
      ],
    },
    cause: undefined,
  },
  {
    title: 'an image that is full as it was made',
    machine: {
      seed: 118,
      extras: [{ from: 0, values: () => ({ 'disk_space_used_ratio{volume="/snap/core/1"}': 1 }) }],
    },
    cause: undefined,
  },
  {
    title: 'an idle processor that lowers its clock',
    machine: {
      seed: 119,
      extras: [
        {
          from: 0,
          values: (second) => ({
            cpu_frequency_hertz: second < 10 ? 4e9 : 0.8e9,
            'temperature_celsius{sensor="cpu"}': 45,
          }),
        },
      ],
    },
    cause: undefined,
  },
  {
    title: 'a hot processor that keeps its clock',
    machine: {
      seed: 120,
      extras: [{ from: 0, values: () => ({ cpu_frequency_hertz: 4e9, 'temperature_celsius{sensor="cpu"}': 91 }) }],
    },
    cause: undefined,
  },
  {
    title: 'queries as slow as ever',
    machine: {
      seed: 121,
      extras: [{ from: 0, values: (_, random) => ({ query_time_seconds: 0.12 + 0.01 * random() }) }],
    },
    cause: undefined,
  },
];
