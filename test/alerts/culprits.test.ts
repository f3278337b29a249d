import { describe, expect, it } from 'vitest';
import { CulpritTally } from '../../src-main/alerts/culprits.ts';
import { culpritName } from '../../src-main/contract/alerts/alert.ts';
import type { ProcessRow, ProcessTable } from '../../src-main/contract/live.ts';

const row = (pid: number, label: string, cpuPercent: number): ProcessRow =>
  ({ pid, name: 'node', label, cpuCores: cpuPercent / 100, memoryBytes: 0 }) as ProcessRow;
const table = (at: number, ...rows: ProcessRow[]): ProcessTable => ({ at, cores: 1, rows }) as unknown as ProcessTable;

describe('who is to blame for a breach', () => {
  it('is a program with all of its processes, before one that is busier than each of them', () => {
    const tally = new CulpritTally('cpu');
    tally.add(table(1, row(1, 'backup', 20), row(2, 'browser', 15), row(3, 'browser', 14), row(4, 'idle', 0)));
    expect(tally.culprits).toEqual([
      { name: 'browser', processes: 2, value: 29 },
      { name: 'backup', processes: 1, pid: 1, value: 20 },
    ]);
    expect(tally.culprits.map(culpritName)).toEqual(['2× browser', 'backup']);
  });

  it('is a build whose compilers live for a second each', () => {
    const tally = new CulpritTally('cpu');
    for (let second = 0; second < 60; second += 1)
      tally.add(table(second, row(1, 'editor', 5), row(100 + second, 'compiler', 90)));
    expect(tally.culprits[0]).toEqual({ name: 'compiler', processes: 1, value: 90 });
    expect(tally.culprits[1]).toEqual({ name: 'editor', processes: 1, pid: 1, value: 5 });
  });

  it('is averaged over the breach, and a table counts once', () => {
    const tally = new CulpritTally('cpu');
    tally.add(table(1, row(1, 'job', 100)));
    tally.add(table(1, row(1, 'job', 100)));
    tally.add(table(2));
    expect(tally.culprits[0]).toMatchObject({ value: 50 });
  });

  it('is still known after thousands of programs came and went', () => {
    const tally = new CulpritTally('cpu');
    for (let second = 0; second < 5_000; second += 1)
      tally.add(table(second, row(1, 'job', 40), row(1_000 + second, `worker-${second}`, 50)));
    expect(tally.culprits[0]).toMatchObject({ name: 'job', value: 40 });
  });
});
