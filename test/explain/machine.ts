/**
 * A machine second by second, for situations: its usual noise, its usual programs, and what a situation adds to them.
 */
import type { ObservedProcess, Recording, Second } from '../../src-main/explain/recording.ts';

export interface Extra {
  /** From this second on, until another. */
  readonly from: number;
  readonly until?: number;
  readonly values?: (second: number, random: () => number) => Readonly<Record<string, number>>;
  readonly processes?: (second: number, random: () => number) => readonly ProcessInput[];
}

export type ProcessInput = Partial<ObservedProcess> & Pick<ObservedProcess, 'pid' | 'name'>;

export interface MachineOptions {
  readonly seed: number;
  readonly cores?: number;
  readonly seconds?: number;
  readonly memoryPercent?: number;
  readonly platform?: 'linux' | 'macos' | 'windows';
  /** A table every so many seconds. */
  readonly tableEvery?: number;
  readonly extras?: readonly Extra[];
}

const start = Date.UTC(2026, 4, 4, 19, 45);

export function record({
  seed,
  cores = 4,
  seconds = 90,
  memoryPercent = 48,
  platform = 'linux',
  tableEvery = 1,
  extras = [],
}: MachineOptions): Recording {
  const random = randomOf(seed);
  const usual = usualProcesses[platform];
  return Array.from({ length: seconds }, (_, second): Second => {
    const active = extras.filter(({ from, until }) => second >= from && (until === undefined || second < until));
    const processes = [
      ...usual.map((process) => ({
        ...blank,
        ...process,
        cpuCores: (process.cpuCores ?? 0) * (0.5 + random()),
        memoryBytes: process.memoryBytes ?? 40_000_000,
      })),
      ...active
        .flatMap((extra) => extra.processes?.(second, random) ?? [])
        .map((process) => ({ ...blank, ...process })),
    ];
    const used = processes.reduce((sum, { cpuCores }) => sum + (cpuCores ?? 0), 0);
    const percent = Math.min(100, ((used + 0.04 * cores * random()) / cores) * 100);
    const values: Record<string, number> = {
      system_cpu_percent: percent,
      system_memory_percent: memoryPercent + random(),
      'disk_activity_busy_ratio{device="nvme0n1"}': 0.02 + random() * 0.05,
      'disk_activity_read_bytes_per_second{device="nvme0n1"}': 100_000 * random(),
      'disk_activity_write_bytes_per_second{device="nvme0n1"}': 400_000 * random(),
      'network_receive_bytes_per_second{interface="eth0"}': 60_000 * random(),
      'network_transmit_bytes_per_second{interface="eth0"}': 20_000 * random(),
      monitor_cpu_usage_ratio: 0.004 + random() * 0.01,
      tick_lateness_seconds: random() * 0.01,
    };
    for (let core = 0; core < cores; core += 1) values[`cpu_core_usage_ratio{core="${core}"}`] = percent / 100;
    if (platform === 'linux')
      Object.assign(values, {
        'pressure_waiting_ratio{resource="cpu"}': percent > 90 ? 0.4 + random() * 0.3 : (percent / 100) * 0.05,
        'pressure_waiting_ratio{resource="io"}': random() * 0.02,
        'pressure_waiting_ratio{resource="memory"}': 0,
        'cpu_mode_ratio{mode="iowait"}': random() * 0.02,
        'cpu_mode_ratio{mode="steal"}': 0,
      });
    for (const extra of active) Object.assign(values, extra.values?.(second, random) ?? {});
    return {
      at: start + second * 1_000,
      values: new Map(Object.entries(values)),
      processes: second % tableEvery === 0 ? processes : undefined,
    };
  });
}

const blank = { parent: null, command: null, cpuCores: 0, memoryBytes: 20_000_000, diskBytesPerSecond: 0 } as const;

const usualProcesses: Readonly<Record<NonNullable<MachineOptions['platform']>, readonly ProcessInput[]>> = {
  linux: [
    { pid: 1, name: 'systemd', command: '/sbin/init' },
    { pid: 2, name: 'kthreadd' },
    { pid: 60, parent: 2, name: 'kswapd0' },
    {
      pid: 900,
      parent: 1,
      name: 'gnome-shell',
      command: '/usr/bin/gnome-shell',
      cpuCores: 0.03,
      memoryBytes: 300_000_000,
    },
    {
      pid: 1000,
      parent: 900,
      name: 'firefox',
      command: '/usr/lib/firefox/firefox',
      cpuCores: 0.05,
      memoryBytes: 600_000_000,
    },
    {
      pid: 1010,
      parent: 1000,
      name: 'Isolated Web Co',
      command: '/usr/lib/firefox/firefox -contentproc',
      cpuCores: 0.03,
      memoryBytes: 400_000_000,
    },
    { pid: 1100, parent: 900, name: 'code', command: '/usr/share/code/code', cpuCores: 0.02, memoryBytes: 300_000_000 },
    {
      pid: 1110,
      parent: 1100,
      name: 'code',
      command: '/usr/share/code/code --type=renderer',
      cpuCores: 0.02,
      memoryBytes: 250_000_000,
    },
    { pid: 1120, parent: 1100, name: 'bash', command: '/usr/bin/bash' },
    { pid: 1200, parent: 1, name: 'sshd', command: 'sshd: /usr/sbin/sshd -D [listener]' },
    { pid: 1300, parent: 1, name: 'cron', command: '/usr/sbin/cron -f' },
  ],
  macos: [
    { pid: 1, name: 'launchd', command: '/sbin/launchd' },
    {
      pid: 150,
      parent: 1,
      name: 'WindowServer',
      command: '/System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer',
      cpuCores: 0.08,
      memoryBytes: 500_000_000,
    },
    {
      pid: 400,
      parent: 1,
      name: 'Safari',
      command: '/Applications/Safari.app/Contents/MacOS/Safari',
      cpuCores: 0.04,
      memoryBytes: 500_000_000,
    },
    {
      pid: 500,
      parent: 1,
      name: 'Electron',
      command: '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
      cpuCores: 0.03,
      memoryBytes: 300_000_000,
    },
  ],
  windows: [
    { pid: 4, name: 'System' },
    { pid: 700, parent: 4, name: 'services.exe', command: 'C:\\Windows\\system32\\services.exe' },
    {
      pid: 900,
      parent: 4,
      name: 'explorer.exe',
      command: 'C:\\Windows\\explorer.exe',
      cpuCores: 0.02,
      memoryBytes: 200_000_000,
    },
    {
      pid: 1000,
      parent: 900,
      name: 'chrome.exe',
      command: '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"',
      cpuCores: 0.05,
      memoryBytes: 400_000_000,
    },
    {
      pid: 1010,
      parent: 1000,
      name: 'chrome.exe',
      command: '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer',
      cpuCores: 0.03,
      memoryBytes: 300_000_000,
    },
  ],
};

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
