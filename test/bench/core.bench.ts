/**
 * What the whole core costs, as users run it: the built headless monitor at 1 Hz, seen from outside through /proc.
 * Linux only; HAKGAL_BENCH_SECONDS sets how long it is watched (default 60).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { requireDebian } from '../support/debian.ts';
import type { BenchRow } from './bench-row.ts';

const seconds = Number(process.env.HAKGAL_BENCH_SECONDS ?? 60);
const wrkSeconds = 5;
const entry = 'out/main/headless.js';
/** Clock ticks a second of /proc/PID/stat. */
const ticksPerSecond = 100;
/** Cold caches, compiling, first collections: not what an hour costs. */
const warmUpMs = 10_000;

interface Running {
  readonly child: ChildProcess;
  readonly api: string;
  readonly metrics: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

async function start(prefix: readonly string[] = []): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-bench-'));
  const command = [
    ...prefix,
    process.execPath,
    entry,
    'run',
    '--json',
    '--data-dir',
    dataDir,
    '--api-port',
    '0',
    '--metrics-port',
    '0',
  ];
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { pid, api, metrics } = JSON.parse(line) as { pid: number; api: string; metrics: string };
  return {
    child,
    api,
    metrics,
    dataDir,
    async stop() {
      // The monitor's own process, which is not the child where a prefix watches it.
      process.kill(pid, 'SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** CPU seconds of a process, its threads and its ended children. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticksPerSecond;
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Requests a second that wrk gets answered. */
function wrk(program: string, url: string): number {
  const output = execFileSync(program, ['-t1', '-c4', `-d${wrkSeconds}s`, url], { encoding: 'utf8' });
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
}

async function steadyState(): Promise<BenchRow[]> {
  const monitor = await start();
  const pid = monitor.child.pid as number;
  await sleep(warmUpMs);
  const [cpuBefore, at] = [cpuSeconds(pid), performance.now()];
  let highest = 0;
  while (performance.now() - at < seconds * 1000) {
    highest = Math.max(highest, residentMegabytes(pid));
    await sleep(1_000);
  }
  const cpu = (cpuSeconds(pid) - cpuBefore) / ((performance.now() - at) / 1000);
  await monitor.stop();
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await sleep(2_000);
  const bareMegabytes = residentMegabytes(bare.pid as number);
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
      ours: `${highest.toFixed(0)} MB`,
      rival: `bare Node ${bareMegabytes.toFixed(0)} MB`,
      target: '≤ 80 MB',
      isMet: highest <= 80,
    },
  ];
}

async function childProcesses(): Promise<BenchRow[]> {
  const strace = requireDebian('strace', 'strace');
  if ('missing' in strace) return [{ what: 'child processes', ours: 'not measured', note: strace.missing }];
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-strace-'));
  const log = join(folder, 'log');
  const watchedSeconds = 20;
  const monitor = await start([strace.path, '-f', '-qq', '-e', 'trace=execve', '-o', log]);
  await sleep(watchedSeconds * 1000);
  // The first execve is the monitor itself.
  const count =
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('execve(')).length - 1;
  await monitor.stop();
  rmSync(folder, { recursive: true, force: true });
  return [{ what: `child processes in ${watchedSeconds} s`, ours: String(count), target: '0', isMet: count === 0 }];
}

async function scrapes(): Promise<BenchRow[]> {
  const wrkProgram = requireDebian('wrk', 'wrk');
  if ('missing' in wrkProgram) return [{ what: 'scrapes of /metrics', ours: 'not measured', note: wrkProgram.missing }];
  const monitor = await start();
  await sleep(5_000);
  const ours = wrk(wrkProgram.path, monitor.metrics);
  const health = wrk(wrkProgram.path, `${monitor.api}/api/health`);
  const bytes = (await (await fetch(monitor.metrics)).text()).length;
  await monitor.stop();
  const exporter = requireDebian('prometheus-node-exporter', 'prometheus-node-exporter');
  let rival: number | undefined;
  if ('path' in exporter) {
    const child = spawn(exporter.path, ['--web.listen-address=127.0.0.1:19100'], { stdio: 'ignore' });
    await sleep(1_000);
    rival = wrk(wrkProgram.path, 'http://127.0.0.1:19100/metrics');
    child.kill();
  }
  return [
    {
      what: `scrapes of /metrics a second (wrk -t1 -c4, ${Math.round(bytes / 1024)} KiB each)`,
      ours: ours.toFixed(0),
      ...(rival !== undefined && { rival: `node_exporter ${rival.toFixed(0)} (${(ours / rival).toFixed(0)}×)` }),
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
      [entry, 'run', '--data-dir', dataDir, '--api-port', '0', '--metrics-port', '0'],
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

const processCount = (): number => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;

export async function bench(): Promise<readonly BenchRow[]> {
  if (process.platform !== 'linux')
    return [{ what: 'cost of the core', ours: 'not measured', note: 'reads /proc, so only on Linux' }];
  if (!existsSync(entry)) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
  return [...(await firstSample()), ...(await steadyState()), ...(await childProcesses()), ...(await scrapes())];
}
