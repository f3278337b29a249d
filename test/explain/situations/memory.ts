import type { Situation } from './situation.ts';

export const gigabyte = 1e9;

export const memory: readonly Situation[] = [
  ...[0.05, 0.2].map(
    (speed, index): Situation => ({
      title: `a leak, ${speed} GB a second`,
      machine: {
        seed: 20 + index,
        seconds: 120,
        extras: [
          {
            from: 10,
            values: (second) => {
              const percent = Math.min(98, 60 + (second - 10) * speed * 12);
              return {
                system_memory_percent: percent,
                memory_swap_used_bytes: Math.max(0, percent - 88) * 2e8,
                'pressure_waiting_ratio{resource="memory"}': percent > 92 ? 0.3 : 0,
              };
            },
            processes: (second) => [
              {
                pid: 8000,
                parent: 1,
                name: 'python3',
                command: 'python3 /srv/etl/load_facts.py',
                memoryBytes: gigabyte + (second - 10) * speed * gigabyte,
                cpuCores: 0.4,
              },
            ],
          },
        ],
      },
      cause: { kind: 'memory', name: 'load_facts.py', pid: 8000 },
    }),
  ),
  {
    title: 'one large program on a full machine without pressure figures',
    machine: {
      seed: 22,
      platform: 'macos',
      extras: [
        {
          from: 5,
          values: () => ({ system_memory_percent: 96 }),
          processes: () => [
            {
              pid: 8100,
              parent: 1,
              name: 'Final Cut',
              command: '/Applications/Final Cut Pro.app/Contents/MacOS/Final Cut Pro',
              memoryBytes: 14 * gigabyte,
              cpuCores: 0.1,
            },
          ],
        },
      ],
    },
    cause: { kind: 'memory', name: 'Final Cut Pro' },
  },
  {
    title: 'swapping drives the kernel and the disk',
    machine: {
      seed: 23,
      cores: 2,
      extras: [
        {
          from: 20,
          values: (second) => ({
            system_memory_percent: 97,
            memory_swap_used_bytes: 1e9 + (second - 20) * 2e7,
            'pressure_waiting_ratio{resource="memory"}': 0.6,
            'pressure_waiting_ratio{resource="io"}': 0.5,
            'disk_activity_busy_ratio{device="nvme0n1"}': 0.99,
            'cpu_mode_ratio{mode="iowait"}': 0.4,
          }),
          processes: (second) => [
            { pid: 61, parent: 2, name: 'kswapd0', cpuCores: 0.9 },
            {
              pid: 8200,
              parent: 1,
              name: 'java',
              command: 'java -jar /opt/search/search.jar',
              memoryBytes: 2 * gigabyte + (second - 20) * 3e7,
              cpuCores: 0.8,
            },
          ],
        },
      ],
    },
    cause: { kind: 'memory', name: 'search.jar' },
  },
  {
    title: 'many programs fill the memory together',
    machine: {
      seed: 24,
      extras: [
        {
          from: 10,
          values: () => ({ system_memory_percent: 95, 'pressure_waiting_ratio{resource="memory"}': 0.25 }),
          processes: () =>
            Array.from({ length: 30 }, (_, index) => ({
              pid: 8300 + index,
              parent: 1,
              name: `svc-${index}`,
              command: `/opt/svc-${index}`,
              memoryBytes: 0.5 * gigabyte,
            })),
        },
      ],
    },
    cause: { kind: 'memory', name: null },
  },
];
