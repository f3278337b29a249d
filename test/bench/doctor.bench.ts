/**
 * The whole doctor on 200 MB with a destroyed root page: examine, repair, undo; memory, and how long the main thread
 * was ever blocked.
 */
import { fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { RepairReport } from '../../src-main/contract/doctor/report.ts';
import type { UndoReport } from '../../src-main/contract/doctor/undo.ts';
import { overwrite, rootPageOf } from '../doctor/support/make-database.ts';
import type { BenchRow } from './bench-row.ts';

const megabytes = 200;

interface Measured {
  readonly examineSeconds: number;
  readonly repairSeconds: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly undoSeconds: number;
  readonly repair: { readonly report: RepairReport } | null;
  readonly undo: { readonly report: UndoReport } | null;
  readonly failure: unknown;
  readonly longestBlockMs: number;
  readonly block99Ms: number;
  readonly longestComputeMs: number;
  readonly idleBlockMs: number;
  readonly idle99Ms: number;
}

function makeFile(path: string): number {
  const database = new Database(path);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.exec('CREATE TABLE facts (id INTEGER PRIMARY KEY, statement TEXT NOT NULL, source TEXT)');
  database.exec('CREATE INDEX facts_by_source ON facts (source)');
  const insert = database.prepare('INSERT INTO facts (statement, source) VALUES (?, ?)');
  const sentence = 'One statement a row, about as long as those of the real knowledge base are. '.repeat(3);
  let rows = 0;
  while ((database.pragma('page_count', { simple: true }) as number) * 4096 < megabytes * 1e6)
    database.transaction(() => {
      for (let row = 0; row < 20_000; row += 1) insert.run(`${sentence}${rows++}`, `source-${rows % 500}`);
    })();
  database.close();
  overwrite(path, (rootPageOf(path, 'facts') - 1) * 4096, Buffer.alloc(4096));
  return rows;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/**
 * The command line as users have it, from the build: a thread that runs TypeScript sources carries the compiler, too.
 */
async function memoryRow(path: string, dataDir: string): Promise<readonly BenchRow[]> {
  const entry = 'out/main/headless.js';
  if (process.platform !== 'linux' || !existsSync(entry))
    return [{ what: 'peak memory', ours: 'not measured', note: 'needs Linux and `npm run build` before' }];
  const child = spawn(process.execPath, [entry, 'doctor', 'repair', path, '--yes', '--data-dir', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakKib = 0;
  const watch = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 20);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  return [
    {
      what: 'peak memory of the whole process during the repair, from the build',
      ours: `${((peakKib * 1024) / 1e6).toFixed(0)} MB`,
      target: '≤ 150 MB',
      isMet: peakKib * 1024 <= 150e6,
    },
  ];
}

export async function bench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-doctor-bench-'));
  try {
    const path = join(folder, 'damaged.db');
    const rows = makeFile(path);
    const before = await sha256(path);
    const size = statSync(path).size / 1e6;
    const child = fork(fileURLToPath(new URL('./doctor-process.ts', import.meta.url)), [path, join(folder, 'doctor')]);
    const measured = await new Promise<Measured>((resolve, reject) => {
      child.on('message', (message) => resolve(message as Measured));
      child.on('exit', (code) => reject(new Error(`The doctor's process ended with ${code}`)));
    });
    if (measured.repair === null || measured.undo === null) throw new Error(JSON.stringify(measured.failure));
    const { report } = measured.repair;
    const isIdentical = (await sha256(path)) === before;
    const after = report.tables.find(({ table }) => table === 'facts')?.after ?? 0;
    const seconds = (value: number): string => `${value.toFixed(1)} s`;
    const phases = Object.entries(measured.phases)
      .filter(([, spent]) => spent >= 0.05)
      .map(([phase, spent]) => `${phase} ${spent.toFixed(1)}`);
    return [
      {
        what: `examine ${megabytes} MB, all checks`,
        ours: `${seconds(measured.examineSeconds)} (${(size / measured.examineSeconds).toFixed(0)} MB/s)`,
      },
      {
        what: `repair ${megabytes} MB in one click: two exact copies, checks, salvage, verification, swap`,
        ours: `${seconds(measured.repairSeconds)} (${(size / measured.repairSeconds).toFixed(0)} MB/s)`,
        note: `seconds: ${phases.join(', ')}; salvage alone is measured in its own bench`,
      },
      { what: 'rows back', ours: `${after} of ${rows}`, target: '≥ 99.9 %', isMet: after / rows >= 0.999 },
      {
        what: 'undo to the same SHA-256',
        ours: `${seconds(measured.undoSeconds)}, ${isIdentical ? 'identical' : 'DIFFERENT'}`,
        target: 'identical',
        isMet: isIdentical,
      },
      {
        what: 'main thread: longest computing in one piece, over all of it',
        ours: `${measured.longestComputeMs.toFixed(1)} ms`,
        target: '≤ 20 ms',
        isMet: measured.longestComputeMs <= 20,
      },
      {
        what: 'main thread: longest delay of a 1 ms timer, other load included',
        ours: `${measured.longestBlockMs.toFixed(1)} ms (99 %: ${measured.block99Ms.toFixed(1)} ms)`,
        reference: `the same process idle: ${measured.idleBlockMs.toFixed(1)} ms (99 %: ${measured.idle99Ms.toFixed(1)} ms)`,
      },
      ...(await memoryRow(path, join(folder, 'command-line'))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
