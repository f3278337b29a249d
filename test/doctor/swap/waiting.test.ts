import { describe, expect, it } from 'vitest';
import type { HolderAnswer } from '../../../src-main/contract/doctor/examination.ts';
import type { JobQuestion } from '../../../src-main/contract/doctor/jobs.ts';
import { failureOf } from '../../../src-main/doctor/jobs/failure-of.ts';
import { waitUntilFree } from '../../../src-main/doctor/jobs/wait-until-free.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const held: HolderAnswer = { state: 'held', holders: [{ pid: 7, name: 'app', files: ['/kb.db'], isWriting: false }] };
const free: HolderAnswer = { state: 'free', holders: [] };
const unknown: HolderAnswer = { state: 'unknown', holders: [] };

/** Looks as given, the last one again and again; `answer` is the user's. */
function waiting(looks: readonly HolderAnswer[]) {
  const clock = new FakeClock();
  const asked: JobQuestion[] = [];
  let answer: (goOn: boolean) => void = () => {};
  let seen = 0;
  const handle = {
    signal: new AbortController().signal,
    progress: () => {},
    ask: (question: JobQuestion) => {
      asked.push(question);
      return new Promise<boolean>((resolve) => {
        answer = resolve;
      });
    },
    unask: () => answer(true),
  };
  const look = async (): Promise<HolderAnswer> => looks[Math.min(seen++, looks.length - 1)] as HolderAnswer;
  const end = waitUntilFree(look, handle, clock);
  return { clock, asked, end, answer: (goOn: boolean) => answer(goOn), looks: () => seen };
}

describe('waiting for whoever holds the file', () => {
  it('names them once, and ends by itself when they have let go', async () => {
    const { clock, asked, end, looks } = waiting([held, held, free]);
    for (let second = 0; second < 3; second += 1) await clock.advance(1_000);
    expect(await end).toBe(true);
    expect(looks()).toBe(3);
    expect(asked).toEqual([{ kind: 'held', holders: held.holders }]);
  });

  it('ends when the user does not want to wait', async () => {
    const { clock, end, answer } = waiting([held]);
    await clock.advance(100);
    answer(false);
    expect(await end).toBe(false);
  });

  it('goes on where the system does not tell whether anybody has it: unknown is not free', async () => {
    const { clock, asked, end } = waiting([unknown, unknown, free]);
    await clock.advance(0);
    let isOver = false;
    void end.then(() => {
      isOver = true;
    });
    await clock.advance(1_100);
    expect(isOver).toBe(false);
    await clock.advance(1_000);
    expect(await end).toBe(true);
    expect(asked).toHaveLength(1);
  });
});

describe('what a thread threw', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['SQLITE_FULL', 'disk-full'],
    ['EIO', 'disk-error'],
    ['SQLITE_IOERR_SHORT_READ', 'disk-error'],
    ['EROFS', 'no-permission'],
    ['ENOENT', 'not-found'],
    ['EBUSY', 'held'],
    ['SQLITE_ERROR', 'unexpected'],
    [undefined, 'unexpected'],
  ])('of the code %s is the failure %s, with a next step', (code, kind) => {
    const failure = failureOf(Object.assign(new Error('words'), { code }));
    expect(failure).toMatchObject({ kind, message: expect.stringContaining('words') });
    expect(failure.next).not.toBe('');
  });
});
