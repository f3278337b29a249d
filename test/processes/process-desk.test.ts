import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { watchProcesses } from '../../src-main/collectors/processes.ts';
import { failureNextWords, failureWords } from '../../src-main/contract/words/failures/index.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { openLoweredList } from '../../src-main/processes/lowered-list.ts';
import { half, readPriority } from '../../src-main/processes/priority.ts';
import { createProcessDesk, type ProcessDesk } from '../../src-main/processes/process-desk.ts';
import { runOnce } from '../support/run-once.ts';
import { temporaryFolder } from '../support/temporary.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A real process; it says "ready" once it is. */
async function start(script: string, ...args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['-e', `${script}; process.stdout.write('ready');`, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child.pid as number;
}

/** The desk of a monitor that is not above the test's processes: this process here is. */
async function deskOf(options: { readonly self?: number; readonly uid?: number } = {}) {
  const done: string[] = [];
  const folder = temporaryFolder();
  const watch = watchProcesses({ clock: systemClock, platform: process.platform, dataDir: folder });
  const look = (): Promise<unknown> => runOnce(watch.source, systemClock.now(), systemClock.monotonic());
  await look();
  const file = join(folder, 'lowered.json');
  const open = (): ProcessDesk =>
    createProcessDesk({
      clock: systemClock,
      platform: process.platform,
      find: watch.find,
      childrenOf: watch.childrenOf,
      self: options.self ?? 4_000_000,
      uid: options.uid ?? process.getuid?.() ?? null,
      lowered: openLoweredList(file, { warn: () => {} }),
      onDone: (what) => done.push(what),
    });
  return { desk: open(), reopened: open, look, done };
}

const detailsOf = (desk: ProcessDesk, pid: number) => {
  const answer = desk.details(pid);
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
};
const kindOf = (answer: { readonly ok: boolean; readonly failure?: { readonly kind: string } }) => answer.failure?.kind;
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe.runIf(process.platform === 'linux')('one process close by', () => {
  it('has the ports it listens on, its open databases, who began it and its command line', async () => {
    const file = join(temporaryFolder(), 'shop.db');
    writeFileSync(file, `SQLite format 3\0${'x'.repeat(84)}`);
    const other = join(temporaryFolder(), 'notes.txt');
    writeFileSync(other, 'no database');
    const pid = await start(
      `const fs = require('fs'); fs.openSync(${JSON.stringify(file)}); fs.openSync(${JSON.stringify(other)});
       globalThis.server = require('net').createServer().listen(0, '127.0.0.1', () => fs.writeFileSync(${JSON.stringify(other)}, String(globalThis.server.address().port)));
       setInterval(() => {}, 1000)`,
      'https://anna:geheim@example.org/x',
    );
    const { desk } = await deskOf();
    await expect.poll(() => readFileSync(other, 'utf8')).toMatch(/^\d+$/);
    const details = detailsOf(desk, pid);
    expect(details.databases).toEqual([file]);
    expect(details.ports).toEqual([{ port: Number(readFileSync(other, 'utf8')), address: '127.0.0.1' }]);
    expect(details.above[0]?.pid).toBe(process.pid);
    expect(details.refusal).toBeNull();
    const command = desk.command(details);
    expect(command.ok && command.value.command).toContain('-e');
    expect(JSON.stringify(command)).not.toContain('geheim');
  });

  it('has no ports that others of its machine listen on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const pid = await start('setInterval(() => {}, 1000)');
    const { desk } = await deskOf();
    expect(detailsOf(desk, pid)).toMatchObject({ ports: [], databases: [] });
    server.close();
  });
});

describe.runIf(process.platform === 'linux')('ending a process', () => {
  it('asks it, and says so when it has ended', async () => {
    const pid = await start('setInterval(() => {}, 1000)');
    const { desk, done } = await deskOf();
    expect(await desk.end(detailsOf(desk, pid), 'politely')).toEqual({ ok: true, value: { hasEnded: true } });
    expect(isAlive(pid)).toBe(false);
    expect(done).toEqual(['process-ended']);
  });

  it('goes on to the hard way only when told to', async () => {
    const pid = await start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)");
    const { desk } = await deskOf();
    const ref = detailsOf(desk, pid);
    expect(await desk.end(ref, 'politely')).toEqual({ ok: true, value: { hasEnded: false } });
    expect(isAlive(pid)).toBe(true);
    expect(await desk.end(ref, 'hard')).toEqual({ ok: true, value: { hasEnded: true } });
    expect(isAlive(pid)).toBe(false);
  }, 20_000);

  it('leaves one alone that has the number of another by now, and says of one that is gone that it is', async () => {
    const pid = await start('setInterval(() => {}, 1000)');
    const { desk, look } = await deskOf();
    const { start: began } = detailsOf(desk, pid);
    expect(kindOf(await desk.end({ pid, start: `${began}1` }, 'hard'))).toBe('process-other');
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
    await expect.poll(() => kindOf(desk.details(pid))).toBe('process-gone');
    expect(kindOf(await desk.end({ pid, start: began }, 'politely'))).toBe('process-gone');
    await look();
    expect(kindOf(desk.details(pid))).toBe('process-gone');
  });

  it('is refused for the monitor and what it lives in, for the system and for other users', async () => {
    const pid = await start('setInterval(() => {}, 1000)');
    const own = await deskOf({ self: process.pid });
    expect(detailsOf(own.desk, pid).refusal).toBe('process-of-monitor');
    expect(detailsOf(own.desk, process.ppid).refusal).toBe('process-of-monitor');
    expect(kindOf(await own.desk.end(detailsOf(own.desk, pid), 'hard'))).toBe('process-of-monitor');
    const foreign = await deskOf({ uid: 54_321 });
    expect(kindOf(await foreign.desk.end(detailsOf(foreign.desk, pid), 'hard'))).toBe('process-not-yours');
    expect(kindOf(await foreign.desk.lowerPriority(detailsOf(foreign.desk, pid)))).toBe('process-not-yours');
    const { desk } = await deskOf();
    expect(kindOf(await desk.end(detailsOf(desk, 1), 'hard'))).toBe('process-of-system');
    expect(isAlive(pid)).toBe(true);
  });
});

describe.runIf(process.platform === 'linux')('the priority of a process', () => {
  it('is lowered in ways that can be set back, also after a restart of the monitor', async () => {
    const pid = await start('setInterval(() => {}, 1000)');
    const before = await readPriority(pid);
    const { desk, reopened, done } = await deskOf();
    const ref = detailsOf(desk, pid);
    expect(ref).toMatchObject({ isLowered: false, canLower: true });
    expect(await desk.lowerPriority(ref)).toEqual({ ok: true, value: {} });
    const lowered = await readPriority(pid);
    expect(lowered).toMatchObject({ value: { policy: 'SCHED_BATCH', disk: 'idle' } });
    expect(lowered.ok && lowered.value.processors).toBe(before.ok && half(before.value.processors as string));
    const after = reopened();
    expect(detailsOf(after, pid).isLowered).toBe(true);
    expect(await after.restorePriority(ref)).toEqual({ ok: true, value: {} });
    expect(await readPriority(pid)).toEqual(before);
    expect(detailsOf(after, pid).isLowered).toBe(false);
    expect(done).toEqual(['priority-lowered', 'priority-restored']);
  });

  it('leaves half of the processors', () => {
    expect(half('0-3')).toBe('0,1');
    expect(half('0-1,4,6-8')).toBe('0,1,4');
    expect(half('5')).toBe('5');
  });
});

it('says in both languages why it left a process alone', () => {
  for (const kind of ['process-gone', 'process-other', 'process-not-yours', 'process-of-system'] as const) {
    expect(failureWords[kind].text.de).not.toBe(failureWords[kind].text.en);
    expect(failureNextWords[kind].text.de).toMatch(/\.$/);
  }
});
