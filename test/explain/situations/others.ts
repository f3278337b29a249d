import { one, problem, type Situation, target } from './situation.ts';

export const others: readonly Situation[] = [
  {
    title: 'the processor is hot and slowed down',
    machine: {
      seed: 60,
      extras: [
        {
          from: 0,
          values: (second) => ({
            cpu_frequency_hertz: second < 30 ? 4.2e9 : 1.6e9,
            'temperature_celsius{sensor="coretemp Package id 0"}': second < 30 ? 70 + second * 0.8 : 97,
          }),
        },
        one(0, () => [{ pid: 9500, parent: 900, name: 'blender', command: 'blender', cpuCores: 3.6 }]),
      ],
    },
    cause: { kind: 'thermal' },
  },
  {
    title: 'a half busy processor is hot and slowed down',
    machine: {
      seed: 61,
      extras: [
        {
          from: 0,
          values: (second) => ({
            cpu_frequency_hertz: second < 40 ? 3e9 : 0.8e9,
            'temperature_celsius{sensor="cpu"}': second < 40 ? 75 : 92,
          }),
        },
        one(0, () => [{ pid: 9501, parent: 900, name: 'zoom', command: '/opt/zoom/zoom', cpuCores: 2.4 }]),
      ],
    },
    cause: { kind: 'thermal' },
  },
  {
    title: 'the network is away',
    machine: {
      seed: 62,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? Object.assign(
                  {},
                  ...['a', 'b', 'c'].map((name) => ({
                    ...target(name, 'http', second < 30 ? 1 : 0),
                    ...(second < 30 ? {} : problem(name, 'http', 'unknown-host')),
                  })),
                )
              : {},
        },
      ],
    },
    cause: { kind: 'network' },
  },
  {
    title: 'packets are lost',
    machine: {
      seed: 63,
      extras: [
        {
          from: 0,
          values: (second) => ({ 'network_errors_total{interface="wlan0"}': Math.max(0, second - 30) * 400 }),
        },
      ],
    },
    cause: { kind: 'network', name: 'wlan0' },
  },
  {
    title: 'a download fills the line while a service answers slowly',
    machine: {
      seed: 64,
      extras: [
        {
          from: 0,
          values: (second, random) => ({
            'network_receive_bytes_per_second{interface="eth0"}': second < 30 ? 50_000 * random() : 110e6,
            ...(second % 5 === 0 ? { 'http_target_response_seconds{target="web"}': second < 30 ? 0.05 : 0.9 } : {}),
          }),
        },
      ],
    },
    cause: { kind: 'network', name: 'eth0' },
  },
  {
    title: 'the monitor takes the only processor',
    machine: {
      seed: 66,
      cores: 1,
      extras: [
        { from: 25, values: () => ({ monitor_cpu_usage_ratio: 0.97, tick_lateness_seconds: 1.4 }) },
        one(25, () => [
          {
            pid: 9700,
            parent: 1,
            name: 'hakgal-monitor',
            command: '/opt/HAKGAL Monitor/hakgal-monitor',
            cpuCores: 0.97,
          },
        ]),
      ],
    },
    cause: { kind: 'monitor' },
  },
  {
    title: 'the monitor itself is busy',
    machine: {
      seed: 65,
      extras: [{ from: 25, values: () => ({ monitor_cpu_usage_ratio: 0.95, monitor_event_loop_busy_ratio: 0.97 }) }],
    },
    cause: { kind: 'monitor' },
  },
];
