import { existsSync, writeFileSync } from 'node:fs';
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
});
