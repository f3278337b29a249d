import type { MachineOptions, ProcessInput } from '../machine.ts';

import type { Situation } from './situation.ts';

export const diskValues = (busy: number, waiting: number) => ({
  'disk_activity_busy_ratio{device="nvme0n1"}': busy,
  'disk_activity_write_bytes_per_second{device="nvme0n1"}': 180e6,
  'pressure_waiting_ratio{resource="io"}': waiting,
  'cpu_mode_ratio{mode="iowait"}': waiting * 0.6,
});

export const writer = (
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

export const disk: readonly Situation[] = [
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
