/** Processes that the core started while it was watched, as the kernel saw them: threads are none. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireDebian } from '../../support/peers/debian.ts';
import type { BenchRow } from '../bench-row.ts';
import { startBuilt } from './built-monitor.ts';

/** @param settleSeconds what is started in them is not counted */
export async function programsStarted(settleSeconds: number, seconds: number): Promise<BenchRow> {
  const what = `processes started ${settleSeconds === 0 ? 'in the first' : 'in steady state,'} ${seconds} s`;
  const strace = requireDebian('strace', 'strace');
  if ('missing' in strace) return { what, ours: 'not measured', target: '0', note: strace.missing };
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-strace-'));
  const log = join(folder, 'log');
  const begun = (): number =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => /\b(execve|v?fork|clone3?)\(/.test(line) && !line.includes('CLONE_THREAD')).length;
  const trace = 'trace=execve,fork,vfork,clone,clone3';
  try {
    await using _ = await startBuilt({ before: [strace.path, '-f', '-qq', '-e', trace, '-o', log] });
    await sleep(settleSeconds * 1_000);
    // The first line is the monitor itself.
    const before = settleSeconds === 0 ? 1 : begun();
    await sleep(seconds * 1_000);
    const count = begun() - before;
    return { what, ours: `${count} (${(count / seconds).toFixed(2)} a second)`, target: '0', isMet: count === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
