import { describe, expect, it } from 'vitest';
import { startDemo } from '../../src-main/demo/start-demo.ts';
import { FakeClock } from '../support/fake-clock.ts';

function demoForTest() {
  const clock = new FakeClock();
  const ends: (() => void)[] = [];
  let running = 0;
  const demo = startDemo({
    folder: '/nowhere',
    eventsUrl: 'http://127.0.0.1:1/api/events',
    clock,
    startProcess: (_path, _args, onEnd) => {
      running += 1;
      let isOver = false;
      const end = (): void => {
        if (!isOver) running -= 1;
        isOver = true;
      };
      ends.push(() => {
        end();
        onEnd();
      });
      return { pid: 1, stop: async () => end(), kill: async () => end(), send: () => {} };
    },
  });
  return { clock, demo, ends, running: () => running };
}

describe('the sample application', () => {
  it('is started again a while after it ended by itself', async () => {
    const { clock, ends, running } = demoForTest();
    ends[0]?.();
    expect(running()).toBe(0);
    await clock.advance(5_000);
    expect(running()).toBe(1);
  });

  it('stays away while its database is being replaced, also when it had ended by itself before', async () => {
    const { clock, demo, ends, running } = demoForTest();
    ends[0]?.();
    const pause = await demo.pause();
    await clock.advance(60_000);
    expect(running()).toBe(0);
    await pause[Symbol.asyncDispose]();
    expect(running()).toBe(1);
  });

  it('stays away for good when the monitor stops in the middle of a repair', async () => {
    const { clock, demo, running } = demoForTest();
    const pause = await demo.pause();
    await demo.stop();
    await pause[Symbol.asyncDispose]();
    await clock.advance(60_000);
    expect(running()).toBe(0);
  });
});
