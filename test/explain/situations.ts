/** Situations that people call "slow", and quiet ones that they do not; each with the cause that a person would name. */
import type { CauseKind } from '../../src-main/explain/cause.ts';
import { type Extra, type MachineOptions, type ProcessInput, record } from './machine.ts';

export interface Situation {
  readonly title: string;
  readonly machine: MachineOptions;
  /** Undefined: nothing is wrong. */
  readonly cause: { readonly kind: CauseKind; readonly name?: string | null; readonly pid?: number } | undefined;
}

const one = (
  from: number,
  processes: (second: number, random: () => number) => readonly ProcessInput[],
  until?: number,
): Extra => ({
  from,
  processes,
  ...(until !== undefined && { until }),
});

/** One program that takes nearly all processors. */
function hog(
  title: string,
  name: string,
  process: ProcessInput,
  options: Partial<MachineOptions> = {},
  above: readonly ProcessInput[] = [],
): Situation {
  const cores = options.cores ?? 4;
  return {
    title,
    machine: {
      seed: title.length * 31 + process.pid,
      ...options,
      extras: [one(20, (_, random) => [...above, { ...process, cpuCores: cores * (0.9 + 0.05 * random()) }])],
    },
    cause: { kind: 'cpu', name, pid: process.pid },
  };
}

const cpu: readonly Situation[] = [
  hog(
    'a build in the terminal of an editor',
    'vite build',
    {
      pid: 13_111,
      parent: 13_100,
      name: 'node',
      command: 'node /home/a/shop/node_modules/vite/bin/vite.js build',
    },
    { cores: 2 },
    [
      { pid: 13_100, parent: 13_090, name: 'sh', command: 'sh -c vite build' },
      { pid: 13_090, parent: 1120, name: 'npm run build', command: 'npm run build' },
    ],
  ),
  hog('a script of the knowledge base', 'hexagonal_kb.py', {
    pid: 2001,
    parent: 1,
    name: 'python3',
    command: '/usr/bin/python3 -u /srv/kb/hexagonal_kb.py --port 5000 --token abc',
  }),
  hog('a module of Python', 'pytest', {
    pid: 2002,
    parent: 1120,
    name: 'python3',
    command: 'python3 -m pytest -x tests',
  }),
  hog('tests of a package in NUL-separated words', 'vitest run', {
    pid: 2003,
    parent: 1120,
    name: 'node-MainThread',
    command: 'node\0/home/a/p/node_modules/.bin/vitest\0run',
  }),
  hog(
    'a jar',
    'server.jar',
    { pid: 2004, parent: 1, name: 'java', command: 'java -Xmx2g -cp lib -jar /opt/mc/server.jar nogui' },
    { cores: 8 },
  ),
  hog(
    'a main class',
    'GradleDaemon',
    {
      pid: 2005,
      parent: 1,
      name: 'java',
      command: 'java -XX:+UseG1GC -cp x org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.9',
    },
    { cores: 8 },
  ),
  hog(
    'a virus scanner',
    'Microsoft Defender',
    { pid: 2006, parent: 700, name: 'MsMpEng.exe', command: null },
    { platform: 'windows' },
  ),
  hog(
    'an app of macOS',
    'Photos',
    { pid: 2007, parent: 1, name: 'Photos', command: '/System/Applications/Photos.app/Contents/MacOS/Photos' },
    { platform: 'macos' },
  ),
  hog(
    'a helper of an app of macOS',
    'Visual Studio Code',
    {
      pid: 2008,
      parent: 500,
      name: 'Code Helper (Plugin)',
      command:
        '/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper (Plugin).app/Contents/MacOS/Code Helper (Plugin) --type=utility',
    },
    { platform: 'macos' },
  ),
  hog(
    'a program without a command line',
    'ffmpeg',
    { pid: 2009, parent: 1120, name: 'ffmpeg', command: null },
    { cores: 16 },
  ),
  hog(
    'a tool with a path that has blanks',
    'next build',
    {
      pid: 2010,
      parent: 900,
      name: 'node.exe',
      command: 'C:\\Program Files\\nodejs\\node.exe C:\\a\\node_modules\\next\\dist\\bin\\next build',
    },
    { platform: 'windows', cores: 8 },
  ),
  hog(
    'a job of cron',
    'backup.sh',
    { pid: 2011, parent: 2012, name: 'backup.sh', command: '/bin/bash /root/backup.sh' },
    { cores: 2 },
    [{ pid: 2012, parent: 1300, name: 'cron', command: '/usr/sbin/CRON -f' }],
  ),
  hog(
    'a table only every ten seconds',
    'Blender',
    { pid: 2013, parent: 900, name: 'blender', command: 'blender -b scene.blend -a' },
    { tableEvery: 10, cores: 8 },
  ),
  {
    title: 'make with compilers that live for a second',
    machine: {
      seed: 7,
      cores: 8,
      extras: [
        one(15, (second, random) => [
          { pid: 3000, parent: 1120, name: 'make', command: 'make -j8', cpuCores: 0.02 },
          ...Array.from({ length: 8 }, (_, index) => ({
            pid: 3100 + second * 10 + index,
            parent: 3000,
            name: 'cc1plus',
            command: 'cc1plus -quiet a.cc',
            cpuCores: 0.9 + 0.05 * random(),
          })),
        ]),
      ],
    },
    cause: { kind: 'cpu', name: 'make', pid: 3000 },
  },
  {
    title: 'a browser with twenty busy tabs',
    machine: {
      seed: 8,
      platform: 'windows',
      cores: 4,
      extras: [
        one(15, (_, random) =>
          Array.from({ length: 20 }, (__, index) => ({
            pid: 4000 + index,
            parent: 1000,
            name: 'chrome.exe',
            command: '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer',
            cpuCores: 0.18 + 0.01 * random(),
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'Google Chrome' },
  },
  {
    title: 'twelve workers of one name that nothing holds together',
    machine: {
      seed: 9,
      cores: 12,
      extras: [
        one(10, (_, random) =>
          Array.from({ length: 12 }, (__, index) => ({
            pid: 5000 + index * 3,
            parent: 1,
            name: 'worker',
            command: '/srv/worker',
            cpuCores: 0.92 + 0.05 * random(),
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'worker' },
  },
  {
    title: 'many different programs, none of them most',
    machine: {
      seed: 10,
      cores: 4,
      extras: [
        one(10, () =>
          Array.from({ length: 20 }, (_, index) => ({
            pid: 6000 + index,
            parent: 1,
            name: `job-${index}`,
            command: `/opt/job-${index}`,
            cpuCores: 0.19,
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: null },
  },
  {
    title: 'the host takes the processors away',
    machine: {
      seed: 11,
      extras: [{ from: 20, values: () => ({ 'cpu_mode_ratio{mode="steal"}': 0.6, system_cpu_percent: 92 }) }],
    },
    cause: { kind: 'cpu', name: 'host' },
  },
  {
    title: 'a build that ended within the span',
    machine: {
      seed: 12,
      cores: 4,
      seconds: 120,
      extras: [
        one(
          20,
          () => [{ pid: 7000, parent: 1120, name: 'cargo', command: 'cargo build --release', cpuCores: 3.9 }],
          70,
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'cargo', pid: 7000 },
  },
];

const gigabyte = 1e9;

const memory: readonly Situation[] = [
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

const diskValues = (busy: number, waiting: number) => ({
  'disk_activity_busy_ratio{device="nvme0n1"}': busy,
  'disk_activity_write_bytes_per_second{device="nvme0n1"}': 180e6,
  'pressure_waiting_ratio{resource="io"}': waiting,
  'cpu_mode_ratio{mode="iowait"}': waiting * 0.6,
});

const writer = (
  title: string,
  name: string,
  process: ProcessInput,
  seed: number,
  more: Partial<MachineOptions> = {},
): Situation => ({
  title,
  machine: {
    seed,
    ...more,
    extras: [
      {
        from: 20,
        values: () => diskValues(0.99, 0.5),
        processes: () => [{ ...process, diskBytesPerSecond: 180e6, cpuCores: 0.3 }],
      },
    ],
  },
  cause: { kind: 'disk', name, pid: process.pid },
});

const disk: readonly Situation[] = [
  writer(
    'a backup reads everything',
    'restic',
    { pid: 9000, parent: 1, name: 'restic', command: 'restic backup /home' },
    30,
  ),
  writer('a copy', 'rsync', { pid: 9001, parent: 1120, name: 'rsync', command: 'rsync -a /a /b' }, 31),
  writer(
    'a database is rebuilt',
    'reindex.py',
    { pid: 9002, parent: 1, name: 'python3', command: 'python3 /srv/kb/reindex.py' },
    32,
  ),
  writer(
    'a download client',
    'qbittorrent',
    { pid: 9003, parent: 900, name: 'qbittorrent', command: '/usr/bin/qbittorrent' },
    33,
    { cores: 8 },
  ),
  {
    title: 'a busy disk without figures of processes',
    machine: { seed: 34, extras: [{ from: 20, values: () => diskValues(1, 0.6) }] },
    cause: { kind: 'disk', name: null },
  },
  {
    title: 'a busy disk on Windows',
    machine: {
      seed: 35,
      platform: 'windows',
      extras: [
        {
          from: 20,
          values: () => ({ 'disk_activity_busy_ratio{device="0 C:"}': 0.98 }),
          processes: () => [
            { pid: 9100, parent: 700, name: 'TiWorker.exe', command: null, diskBytesPerSecond: 60e6, cpuCores: 0.2 },
          ],
        },
      ],
    },
    cause: { kind: 'disk', name: 'Windows Update', pid: 9100 },
  },
  {
    title: 'a volume runs full',
    machine: {
      seed: 36,
      extras: [
        { from: 0, values: (second) => ({ 'disk_space_used_ratio{volume="/"}': Math.min(1, 0.97 + second * 0.0005) }) },
      ],
    },
    cause: { kind: 'disk', name: '/' },
  },
  {
    title: 'a slow database behind a busy disk',
    machine: {
      seed: 37,
      extras: [
        { from: 0, values: (second) => ({ query_time_seconds: second < 22 ? 0.01 : 0.6 }) },
        {
          from: 20,
          values: () => diskValues(0.99, 0.6),
          processes: () => [
            {
              pid: 9200,
              parent: 1300,
              name: 'tar',
              command: 'tar czf /backup/a.tgz /srv',
              diskBytesPerSecond: 150e6,
              cpuCores: 0.5,
            },
          ],
        },
      ],
    },
    cause: { kind: 'disk', name: 'tar', pid: 9200 },
  },
];

const target = (name: string, kind: string, up: number) => ({ [`target_up{target="${name}",kind="${kind}"}`]: up });
const problem = (name: string, kind: string, what: string) => ({
  [`target_problem{target="${name}",kind="${kind}",problem="${what}"}`]: 1,
});

const databases: readonly Situation[] = [
  {
    title: 'a locked database',
    machine: {
      seed: 40,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('kb', 'sqlite', 'locked')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'queries are slow while the machine has time',
    machine: {
      seed: 41,
      extras: [
        {
          from: 0,
          values: (second, random) => ({
            query_time_seconds: second < 30 ? 0.012 : 0.4 + 0.1 * random(),
            ...(second % 10 === 0 ? target('kb', 'sqlite', 1) : {}),
          }),
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'a table is missing and errors rain',
    machine: {
      seed: 42,
      extras: [
        {
          from: 0,
          values: (second) => ({
            database_errors_total: Math.max(0, second - 20) * 12,
            ...(second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 20 ? 1 : 0),
                  ...(second < 20 ? {} : problem('kb', 'sqlite', 'schema-drift')),
                }
              : {}),
          }),
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'a database file is gone',
    machine: {
      seed: 43,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('shop', 'sqlite', second < 20 ? 1 : 0),
                  ...(second < 20 ? {} : problem('shop', 'sqlite', 'missing')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'shop' },
  },
  {
    title: 'a locked database takes its service down',
    machine: {
      seed: 44,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('kb', 'sqlite', 'locked')),
                  ...target('api', 'http', second < 40 ? 1 : 0),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
];

const services: readonly Situation[] = [
  {
    title: 'an address answers no more',
    machine: {
      seed: 50,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('api', 'http', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('api', 'http', 'refused')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
  {
    title: 'a program ended and its address with it',
    machine: {
      seed: 51,
      extras: [
        {
          from: 0,
          values: (second) => ({
            ...(second % 10 === 0 ? target('web', 'http', second < 30 ? 1 : 0) : {}),
            ...(second % 10 === 5 ? target('web-program', 'process', second < 30 ? 1 : 0) : {}),
          }),
        },
      ],
    },
    cause: { kind: 'service', name: 'web-program' },
  },
  {
    title: 'a port that others stand on',
    machine: {
      seed: 52,
      seconds: 120,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('cache', 'port', second < 30 ? 1 : 0),
                  ...target('shop', 'http', second < 50 ? 1 : 0),
                  ...target('blog', 'http', second < 50 ? 1 : 0),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'cache' },
  },
  {
    title: 'a dead service on a machine that builds',
    machine: {
      seed: 53,
      extras: [
        { from: 0, values: (second) => (second % 10 === 0 ? target('api', 'http', second < 30 ? 1 : 0) : {}) },
        one(0, () => [
          { pid: 9900, parent: 1120, name: 'tsc', command: 'node /a/node_modules/typescript/bin/tsc -w', cpuCores: 1 },
        ]),
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
  {
    title: 'an address answers very slowly',
    machine: {
      seed: 54,
      extras: [
        {
          from: 0,
          values: (second, random) =>
            second % 5 === 0
              ? {
                  ...target('api', 'http', 1),
                  'http_target_response_seconds{target="api"}': second < 40 ? 0.03 + 0.01 * random() : 3 + random(),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
];

const others: readonly Situation[] = [
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

const quiet: readonly Situation[] = [
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

export const situations: readonly Situation[] = [
  ...cpu,
  ...memory,
  ...disk,
  ...databases,
  ...services,
  ...others,
  ...quiet,
];
export const recordingOf = ({ machine }: Situation) => record(machine);
