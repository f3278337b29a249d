/**
 * What the whole core costs, as users run it: the built headless monitor at 1 Hz, seen from outside through /proc.
 * Linux only; HAKGAL_BENCH_SECONDS sets how long it is watched (default 60).
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { requireDebian } from '../support/peers/debian.ts';
import type { BenchRow } from './bench-row.ts';
import { builtEntry, startBuilt } from './support/built-monitor.ts';
import { costOf, processCount } from './support/process-group.ts';
import { programsStarted } from './support/programs-started.ts';

const seconds = Number(process.env.HAKGAL_BENCH_SECONDS ?? 60);
const wrkSeconds = 5;
/** Cold caches, compiling, first collections: not what an hour costs. */
const warmUpMs = 10_000;
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

/** Requests a second that wrk gets answered. */
function wrk(program: string, url: string): number {
  const output = execFileSync(program, ['-t1', '-c4', `-d${wrkSeconds}s`, url], { encoding: 'utf8' });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
}

async function steadyState(): Promise<BenchRow[]> {
  await using monitor = await startBuilt();
  await sleep(warmUpMs);
  const [before, at] = [costOf(monitor.pid), performance.now()];
  let highest = before;
  let now = before;
  while (performance.now() - at < seconds * 1000) {
    await sleep(1_000);
    now = costOf(monitor.pid);
    if (now.residentBytes > highest.residentBytes) highest = now;
  }
  const cpu = (now.cpuSeconds - before.cpuSeconds) / ((performance.now() - at) / 1000);
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await sleep(2_000);
  const bareBytes = costOf(bare.pid as number).residentBytes;
  bare.kill();
  return [
    {
      what: `CPU of the whole core at 1 Hz, ${seconds} s, ${processCount()} processes`,
      ours: `${(cpu * 3600).toFixed(1)} s an hour (${(cpu * 100).toFixed(2)} % of a core)`,
      target: '≤ 0.5 % of a core',
      isMet: cpu <= 0.005,
    },
    {
      what: 'highest resident memory',
      ours: megabytes(highest.residentBytes),
      reference: `bare Node ${megabytes(bareBytes)}`,
      target: '≤ 80 MB',
      isMet: highest.residentBytes <= 80 * 1_048_576,
      note: `${megabytes(highest.ownBytes)} of it are its own, the rest are pages of program files`,
    },
  ];
}

async function scrapes(): Promise<BenchRow[]> {
  const wrkProgram = requireDebian('wrk', 'wrk');
  if ('missing' in wrkProgram) return [{ what: 'scrapes of /metrics', ours: 'not measured', note: wrkProgram.missing }];
  await using monitor = await startBuilt();
  await sleep(5_000);
  const ours = wrk(wrkProgram.path, monitor.metrics);
  const health = wrk(wrkProgram.path, `${monitor.api}/api/health`);
  const bytes = (await (await fetch(monitor.metrics)).text()).length;
  const exporter = requireDebian('prometheus-node-exporter', 'prometheus-node-exporter');
  let reference: number | undefined;
  if ('path' in exporter) {
    const child = spawn(exporter.path, ['--web.listen-address=127.0.0.1:19100'], { stdio: 'ignore' });
    await sleep(1_000);
    reference = wrk(wrkProgram.path, 'http://127.0.0.1:19100/metrics');
    child.kill();
  }
  return [
    {
      what: `scrapes of /metrics a second (wrk -t1 -c4, ${Math.round(bytes / 1024)} KiB each)`,
      ours: ours.toFixed(0),
      ...(reference !== undefined && {
        reference: `node_exporter ${reference.toFixed(0)} (${(ours / reference).toFixed(0)}×)`,
      }),
      target: '≥ 10,000',
      isMet: ours >= 10_000,
    },
    { what: 'answers of /api/health a second', ours: health.toFixed(0), target: '≥ 1,000', isMet: health >= 1_000 },
  ];
}

async function firstSample(): Promise<BenchRow[]> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const began = performance.now();
    const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-bench-'));
    const child = spawn(
      process.execPath,
      [builtEntry, 'run', '--data-dir', dataDir, '--api-port', '0', '--metrics-port', '0'],
      { stdio: 'ignore' },
    );
    const path = join(dataDir, 'history.db');
    while (!hasTick(path)) await sleep(5);
    times.push(performance.now() - began);
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
  const median = times.sort((a, b) => a - b)[2] as number;
  return [
    {
      what: 'start to first stored sample, median of 5',
      ours: `${median.toFixed(0)} ms`,
      target: '≤ 300 ms',
      isMet: median <= 300,
    },
  ];
}

function hasTick(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const database = new Database(path, { readonly: true, timeout: 0 });
    try {
      return database.prepare('SELECT 1 FROM head LIMIT 1').get() !== undefined;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

export async function bench(): Promise<readonly BenchRow[]> {
  if (process.platform !== 'linux')
    return [{ what: 'cost of the core', ours: 'not measured', note: 'reads /proc, so only on Linux' }];
  return [...(await firstSample()), ...(await steadyState()), await programsStarted(0, 20), ...(await scrapes())];
}
