import { describe, expect, it } from 'vitest';
import { parseProcStat, usageBetween } from '../../../src-main/collectors/readers/cpu-times.ts';
import { parseDiskstats } from '../../../src-main/collectors/readers/disk-counters.ts';
import { parseMeminfo } from '../../../src-main/collectors/readers/memory-figures.ts';
import { parseNetDev } from '../../../src-main/collectors/readers/network-counters.ts';
import { parsePressure } from '../../../src-main/collectors/readers/pressure-figures.ts';
import { readProcessIo, readProcessStat } from '../../../src-main/collectors/readers/proc-pid-stat.ts';
import { parseMountInfo } from '../../../src-main/collectors/readers/volumes.ts';
import { fixture } from '../../support/fixture.ts';

describe('what Linux tells', () => {
  it('of the processors: shares of the time between two readings', () => {
    const before = parseProcStat(fixture('linux/proc-stat-before.txt'));
    const after = parseProcStat(fixture('linux/proc-stat-after.txt'));
    expect(after.cores).toHaveLength(4);
    expect(usageBetween(after.modes, before.total, after.total)).toEqual({
      busy: 0.5,
      shares: [0.4, 0, 0.1, 0.4875, 0.0125, 0, 0, 0],
    });
    const cores = after.cores.map((times, core) => usageBetween(after.modes, before.cores[core] ?? [], times)?.busy);
    expect(cores).toEqual([0.5, 1, 0.5, 0]);
  });

  it('of the processors: nothing when no time passed, and never less than nothing when a counter went back', () => {
    const { modes, total } = parseProcStat(fixture('linux/proc-stat-before.txt'));
    expect(usageBetween(modes, total, total)).toBeUndefined();
    const back = total.map((time, mode) => (mode === 4 ? time - 100 : mode === 0 ? time + 100 : time));
    expect(usageBetween(modes, total, back)?.busy).toBe(1);
  });

  it('of memory', () => {
    expect(parseMeminfo(fixture('linux/meminfo.txt'))).toEqual({
      size: 16311940 * 1024,
      available: 8155970 * 1024,
      free: 872444 * 1024,
      cached: (7304120 + 412332 + 610224 - 820448) * 1024,
      swapSize: 8388604 * 1024,
      swapUsed: 388604 * 1024,
      dirty: 1840 * 1024,
    });
    expect(parseMeminfo('nonsense')).toBeUndefined();
  });

  it('of disks: whole ones only, and old kernels with fewer fields too', () => {
    const isDisk = (name: string): boolean => ['nvme0n1', 'sda', 'dm-0', 'loop0'].includes(name);
    const disks = parseDiskstats(fixture('linux/diskstats.txt'), isDisk);
    expect(disks.map(({ device }) => device)).toEqual(['nvme0n1', 'sda', 'dm-0']);
    expect(disks[0]).toEqual({
      device: 'nvme0n1',
      reads: 812033,
      readBytes: 61023310 * 512,
      writes: 1420331,
      writtenBytes: 88120934 * 512,
      busyMs: 610220,
    });
  });

  it('of the network: without the loop-back and the ends of containers', () => {
    const interfaces = parseNetDev(fixture('linux/net-dev.txt'));
    expect(interfaces.map(({ name }) => name)).toEqual(['enp5s0', 'wlan0']);
    expect(interfaces[0]).toMatchObject({
      receivedBytes: 1209348820,
      receiveErrors: 3,
      receiveDrops: 12,
      transmittedBytes: 210934822,
      transmitErrors: 1,
      transmitDrops: 2,
    });
  });

  it('of volumes: each once, none of the system, none of the network', () => {
    expect(parseMountInfo(fixture('linux/mountinfo.txt')).map(({ path }) => path)).toEqual([
      '/',
      '/media/anna/My Backup',
    ]);
  });

  it('of pressure', () => {
    expect(parsePressure(fixture('linux/pressure-memory.txt'))).toEqual({
      some: 0.125,
      full: 0.0725,
      totalSeconds: 81.203344,
    });
    expect(parsePressure('')).toBeUndefined();
  });

  it('of a process whose name is made to confuse', () => {
    const text =
      '4711 (evil) R 1 (x) S 1 4711 4711 0 -1 4194304 812 0 3 0 1201 304 0 0 20 0 11 0 90210 1234567890 5120 18446744073709551615 1 1 0\n';
    const line = Buffer.from(text);
    const into = { name: '', parent: 0, cpuTicks: 0, threads: 0, startTicks: 0, residentPages: 0 };
    expect(readProcessStat(line, line.length, into)).toBe(true);
    expect(into).toEqual({
      name: 'evil) R 1 (x',
      parent: 1,
      cpuTicks: 1505,
      threads: 11,
      startTicks: 90210,
      residentPages: 5120,
    });
    expect(readProcessStat(line, 60, into)).toBe(false);
    expect(readProcessStat(Buffer.alloc(0), 0, into)).toBe(false);
  });

  it('of what a process read and wrote', () => {
    const text =
      'rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n';
    expect(readProcessIo(text)).toBe(12288);
    expect(readProcessIo('')).toBeUndefined();
  });
});
