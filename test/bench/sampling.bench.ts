/**
 * What watching costs: the whole core at 1 Hz beside other monitors in the same minutes, with few and with a thousand
 * processes on the machine; and how punctual its ticks are under full load. Each is watched for ten minutes, or for
 * `HAKGAL_BENCH_SECONDS`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireDebian } from '../support/peers/debian.ts';
import type { BenchRow } from './bench-row.ts';
import { startBuilt } from './support/built-monitor.ts';
import { costOf, processCount } from './support/process-group.ts';
import { programsStarted } from './support/programs-started.ts';
import { startReferences } from './support/reference-monitors.ts';

const seconds = Number(process.env.HAKGAL_BENCH_SECONDS ?? 600);
/** Start-up, first collections and what is collected of them are not steady state. */
const settleSeconds = 30;
const maxBytes = 80 * 1_048_576;
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

export async function bench(): Promise<readonly BenchRow[]> {
  if (process.platform !== 'linux')
    return [{ what: 'cost of watching', ours: 'not measured', note: 'reads /proc, so only on Linux' }];
  return [
    ...(await costWith(80)),
    ...(await costWith(1_000)),
    await programsStarted(settleSeconds, Math.min(seconds, 60)),
    ...(await punctuality()),
  ];
}

async function costWith(processes: number): Promise<readonly BenchRow[]> {
  using references = startReferences();
  await using monitor = await startBuilt();
  using _crowd = await startCrowd(processes);
  await sleep(settleSeconds * 1_000);
  const count = processCount();
  const pids = [monitor.pid, ...references.running.map(({ child }) => child.pid as number)];
  const before = pids.map(costOf);
  const began = performance.now();
  await sleep(seconds * 1_000);
  const watched = (performance.now() - began) / 1_000;
  const costs = pids.map(costOf).map((cost, index) => ({
    cpu: (cost.cpuSeconds - (before[index]?.cpuSeconds ?? 0)) / watched,
    bytes: cost.residentBytes,
    ownBytes: cost.ownBytes,
  }));
  const [ours, ...others] = costs as [(typeof costs)[number], ...typeof costs];
  const told = (figure: (cost: typeof ours) => string): string =>
    references.running.map(({ name }, index) => `${name} ${figure(others[index] as typeof ours)}`).join(', ');
  const where = `with ${count} processes, ${seconds} s at 1 Hz`;
  return [
    {
      what: `CPU of the whole core ${where}`,
      ours: `${percent(ours.cpu)} of a core`,
      reference: told(({ cpu }) => percent(cpu)),
      target: '≤ 0.5 %',
      isMet: ours.cpu <= 0.005,
      ...(references.missing.length > 0 && { note: references.missing.join('; ') }),
    },
    {
      what: `resident memory ${where}`,
      ours: megabytes(ours.bytes),
      reference: told(({ bytes }) => megabytes(bytes)),
      target: '≤ 80 MB',
      isMet: ours.bytes <= maxBytes,
      note: `${megabytes(ours.ownBytes)} of it are its own, the rest are pages of program files`,
    },
  ];
}

/** As many idle processes as are missing to `processes` in all. */
async function startCrowd(processes: number): Promise<Disposable> {
  const crowd: ChildProcess[] = [];
  while (processCount() < processes) {
    for (let missing = Math.min(20, processes - processCount()); missing > 0; missing -= 1)
      crowd.push(spawn('sleep', ['infinity'], { stdio: 'ignore' }));
    await sleep(50);
  }
  return {
    [Symbol.dispose]: () => {
      for (const child of crowd) child.kill('SIGKILL');
    },
  };
}

/** What `tick-child.ts` prints. */
interface Ticks {
  readonly ticks: number;
  readonly missed: number;
  readonly late: readonly number[];
  readonly causes: readonly string[];
}

async function punctuality(): Promise<readonly BenchRow[]> {
  const stress = requireDebian('stress-ng', 'stress-ng');
  if ('missing' in stress) return [{ what: 'ticks under full load', ours: 'not measured', note: stress.missing }];
  const load = spawn(stress.path, ['--cpu', '2', '--timeout', `${seconds + 20}s`], { stdio: 'ignore' });
  try {
    const { ticks, missed, late, causes } = await tickFor(seconds);
    const present = ticks / (ticks + missed);
    const p99 = late.toSorted((a, b) => a - b)[Math.ceil(late.length * 0.99) - 1] ?? 0;
    const where = `under stress-ng --cpu 2, ${seconds} s`;
    return [
      {
        what: `seconds present ${where}`,
        ours: percent(present),
        target: '≥ 99.9 %, each hole with its cause',
        isMet: present >= 0.999 && causes.length >= Math.min(missed, 1),
        note: causes.length > 0 ? `holes: ${causes.join(', ')}` : 'no hole',
      },
      { what: `jitter of ticks, p99, ${where}`, ours: `${p99.toFixed(1)} ms`, target: '≤ 20 ms', isMet: p99 <= 20 },
    ];
  } finally {
    load.kill('SIGTERM');
    if (load.exitCode === null) await once(load, 'exit');
  }
}

async function tickFor(duration: number): Promise<Ticks> {
  const child = spawn(process.execPath, ['test/bench/support/tick-child.ts', String(duration)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  return JSON.parse(text) as Ticks;
}
