/**
 * What watching costs: the whole core at 1 Hz beside other monitors in the same minutes, with few and with a thousand processes
 * on the machine, and how punctual its ticks are under full load. `HAKGAL_BENCH_SECONDS` sets the length of each run (60).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireDebian } from '../support/debian.ts';
import type { BenchRow } from './bench-row.ts';
import { startBuilt } from './support/built-monitor.ts';
import { costOf, processCount } from './support/process-group.ts';

const seconds = Number(process.env.HAKGAL_BENCH_SECONDS ?? 60);
/** Start-up and first collections are not steady state. */
const settleSeconds = 15;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const percent = (share: number): string => `${(share * 100).toFixed(2)} % of a core`;
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

interface Rival {
  readonly name: string;
  readonly child: ChildProcess;
  readonly stop: () => void;
}

export async function bench(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const processes of [80, 1_000]) rows.push(...(await costWith(processes)));
  rows.push(await forks());
  rows.push(...(await punctuality()));
  return rows;
}

async function costWith(processes: number): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rivals-'));
  const crowd: ChildProcess[] = [];
  while (processCount() + 20 < processes) {
    for (let some = 0; some < 20; some += 1) crowd.push(spawn('sleep', ['100000'], { stdio: 'ignore' }));
    await sleep(50);
  }
  const rivals = startRivals(folder);
  await using monitor = await startBuilt();
  try {
    await sleep(settleSeconds * 1_000);
    const count = processCount();
    const pids = [monitor.pid, ...rivals.map(({ child }) => child.pid as number)];
    const before = pids.map((pid) => costOf(pid));
    await sleep(seconds * 1_000);
    const after = pids.map((pid) => costOf(pid));
    const cpu = pids.map((_, index) => ((after[index]?.cpuSeconds ?? 0) - (before[index]?.cpuSeconds ?? 0)) / seconds);
    const memory = after.map(({ residentBytes }) => residentBytes);
    const others = (figure: (index: number) => string): string =>
      rivals.map(({ name }, index) => `${name} ${figure(index + 1)}`).join(', ');
    const what = `with ${count} processes, ${seconds} s at 1 Hz`;
    return [
      {
        what: `CPU of the whole core ${what}`,
        ours: percent(cpu[0] as number),
        rival: others((index) => percent(cpu[index] as number)),
        target: '≤ 0.5 % of a core',
        isMet: (cpu[0] as number) <= 0.005,
      },
      {
        what: `resident memory ${what}`,
        ours: megabytes(memory[0] as number),
        rival: others((index) => megabytes(memory[index] as number)),
        target: '≤ 80 MB',
        isMet: (memory[0] as number) <= 80 * 1_048_576,
      },
    ];
  } finally {
    for (const rival of rivals) rival.stop();
    for (const child of crowd) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await sleep(500);
  }
}

function startRivals(folder: string): Rival[] {
  const rivals: Rival[] = [];
  const start = (
    name: string,
    program: string,
    parameters: readonly string[],
    release: () => void = () => {},
  ): void => {
    const child = spawn(program, parameters, { stdio: 'ignore', cwd: folder });
    const stop = (): void => {
      release();
      child.kill('SIGKILL');
    };
    rivals.push({ name, child, stop });
  };
  const glances = requireDebian('glances', 'glances');
  if ('path' in glances)
    start('glances', glances.path, [
      '--quiet',
      '--time',
      '1',
      '--export',
      'csv',
      '--export-csv-file',
      join(folder, 'glances.csv'),
    ]);
  const netdata = requireDebian('netdata-core', 'netdata');
  if ('path' in netdata) start('netdata', netdata.path, ['-D', '-i', '127.0.0.1', '-p', '19991']);
  const exporter = requireDebian('prometheus-node-exporter', 'prometheus-node-exporter');
  if ('path' in exporter) {
    const scraping = setInterval(
      () =>
        void fetch('http://127.0.0.1:19992/metrics').then(
          (answer) => answer.text(),
          () => {},
        ),
      1_000,
    );
    start('node-exporter scraped at 1 s', exporter.path, ['--web.listen-address=127.0.0.1:19992'], () =>
      clearInterval(scraping),
    );
  }
  return rivals;
}

/** Programs started by the core in steady state, as the kernel saw them. */
async function forks(): Promise<BenchRow> {
  const strace = requireDebian('strace', 'strace');
  const what = 'programs started in steady state, 60 s';
  if ('missing' in strace) return { what, ours: 'not measured', note: strace.missing };
  const log = join(mkdtempSync(join(tmpdir(), 'strace-')), 'log');
  let started = 0;
  {
    await using _ = await startBuilt({
      before: [strace.path, '-f', '-qq', '-e', 'trace=execve,fork,vfork', '-o', log],
    });
    await sleep(10_000);
    const lines = (): number =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /execve\(|v?fork\(/.test(line)).length;
    const before = lines();
    await sleep(60_000);
    started = lines() - before;
  }
  return { what, ours: String(started), target: '0', isMet: started === 0 };
}

async function punctuality(): Promise<readonly BenchRow[]> {
  const stress = requireDebian('stress-ng', 'stress-ng');
  if ('missing' in stress) return [{ what: 'ticks under full load', ours: 'not measured', note: stress.missing }];
  const load = spawn(stress.path, ['--cpu', '0', '--timeout', `${seconds + 20}s`], { stdio: 'ignore' });
  try {
    const child = spawn(process.execPath, ['test/bench/support/tick-child.ts', String(seconds)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await once(child, 'close');
    const { ticks, missed, late, causes } = JSON.parse(text) as {
      ticks: number;
      missed: number;
      late: number[];
      causes: string[];
    };
    const present = ticks / (ticks + missed);
    const sorted = late.toSorted((a, b) => a - b);
    const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
    const what = `under stress-ng on every core, ${seconds} s`;
    return [
      {
        what: `seconds present ${what}`,
        ours: `${(present * 100).toFixed(2)} %`,
        target: '≥ 99.9 %',
        isMet: present >= 0.999,
        note: causes.length > 0 ? `holes: ${causes.join(', ')}` : 'no hole',
      },
      { what: `lateness of ticks, p99, ${what}`, ours: `${p99.toFixed(1)} ms`, target: '≤ 20 ms', isMet: p99 <= 20 },
    ];
  } finally {
    load.kill('SIGTERM');
    execFileSync('sleep', ['1']);
  }
}
