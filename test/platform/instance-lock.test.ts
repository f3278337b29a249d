import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeInstanceLock } from '../../src-main/platform/instance-lock.ts';
import { temporaryFolder } from '../support/temporary.ts';

const nobodyAnswers = async (): Promise<boolean> => false;
const somebodyAnswers = async (): Promise<boolean> => true;

describe('one monitor for a data directory', () => {
  it('takes the lock and gives it back', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    const taken = await takeInstanceLock(path, nobodyAnswers);
    expect('lock' in taken && existsSync(path)).toBe(true);
    if ('lock' in taken) taken.lock[Symbol.dispose]();
    expect(existsSync(path)).toBe(false);
  });

  it('tells a second start where the first one answers', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    // The parent of the test is a process that lives.
    writeFileSync(path, JSON.stringify({ pid: process.ppid, dashboard: 'http://127.0.0.1:5000' }));
    expect(await takeInstanceLock(path, somebodyAnswers)).toEqual({
      holder: { pid: process.ppid, dashboard: 'http://127.0.0.1:5000' },
    });
  });

  it('takes over from a process that is gone', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, dashboard: null }));
    expect(await takeInstanceLock(path, somebodyAnswers)).toHaveProperty('lock');
  });

  it('takes over when the process id belongs to another program now, which answers nothing', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, JSON.stringify({ pid: process.ppid, dashboard: 'http://127.0.0.1:1' }));
    expect(await takeInstanceLock(path, nobodyAnswers)).toHaveProperty('lock');
  });

  it('takes over from a damaged lock file', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, 'nonsense');
    expect(await takeInstanceLock(path, somebodyAnswers)).toHaveProperty('lock');
  });

  it.each([
    ['process 1', 1],
    ['a process that lives', process.ppid],
  ])('is not kept from starting by a file that names %s and says another beginning', async (_, pid) => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, JSON.stringify({ pid, startedAt: 'another boot 7', dashboard: null }), { mode: 0o600 });
    if (process.platform === 'linux') expect(await takeInstanceLock(path, somebodyAnswers)).toHaveProperty('lock');
    else console.log('skipped: this system does not tell when a process began');
  });

  it('waits no longer than a minute for a holder that says nothing but its number', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, JSON.stringify({ pid: process.ppid, dashboard: null }), { mode: 0o600 });
    utimesSync(path, 0, 0);
    expect(await takeInstanceLock(path, somebodyAnswers)).toHaveProperty('lock');
  });

  it('asks no other machine whether it is the holder', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, JSON.stringify({ pid: process.ppid, dashboard: 'http://evil.example:5000' }), { mode: 0o600 });
    const asked: string[] = [];
    const answers = async (dashboard: string): Promise<boolean> => asked.push(dashboard) > 0;
    expect(await takeInstanceLock(path, answers)).toHaveProperty('lock');
    expect(asked).toEqual([]);
  });

  it('knows itself by its beginning, and so does who looks for it', async () => {
    const path = join(temporaryFolder(), 'instance.json');
    const taken = await takeInstanceLock(path, nobodyAnswers);
    if ('lock' in taken) taken.lock.announce('http://127.0.0.1:5000');
    const holder = JSON.parse(readFileSync(path, 'utf8')) as { startedAt?: string };
    if (process.platform === 'linux') expect(holder.startedAt).toMatch(/^[0-9a-f-]{36} \d+$/);
  });
});
