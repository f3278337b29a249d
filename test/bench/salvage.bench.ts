/**
 * Salvage of a 200 MB knowledge base with a destroyed root page: speed, memory, and what came back, beside SQLite's own
 * `.recover`.
 */
import { execFileSync, fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { build } from 'vite';
import { referenceShell } from '../support/peers/reference-recover.ts';
import type { BenchRow } from './bench-row.ts';
import type { SalvageMeasured } from './salvage-process.ts';

const megabytes = 200;

function makeFile(path: string): number {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.exec(`CREATE TABLE facts(id INTEGER PRIMARY KEY AUTOINCREMENT, statement TEXT NOT NULL, source TEXT,
      timestamp TEXT DEFAULT CURRENT_TIMESTAMP, tags TEXT, confidence REAL DEFAULT 1.0);
    CREATE INDEX facts_source ON facts(source);`);
  const insert = db.prepare('INSERT INTO facts(statement, source, tags, confidence) VALUES (?, ?, ?, ?)');
  const sentence =
    'The knowledge base holds one statement a row and this is how such a statement reads in the real one. ';
  let rows = 0;
  while ((db.pragma('page_count', { simple: true }) as number) * 4096 < megabytes * 1e6) {
    db.transaction(() => {
      for (let row = 0; row < 5000; row += 1) {
        rows += 1;
        insert.run(
          sentence.repeat(1 + (rows % 4)) + rows,
          `source-${rows % 500}`,
          rows % 3 === 0 ? 'tag,other' : null,
          (rows % 100) / 100,
        );
      }
    })();
  }
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'facts'").pluck().get() as number;
  db.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096), 0, 4096, (root - 1) * 4096);
  closeSync(file);
  return rows;
}

const manyTables = 3000;

/** Small tables with an index each; the page of one is gone. */
function makeManyTables(path: string): void {
  const db = new Database(path);
  db.pragma('page_size = 1024');
  db.exec('BEGIN');
  for (let table = 0; table < manyTables; table += 1)
    db.exec(
      `CREATE TABLE t${table}(id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX i${table} ON t${table}(v);
       INSERT INTO t${table} VALUES (1, 'v${table}')`,
    );
  db.exec('COMMIT');
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 't1500'").pluck().get() as number;
  db.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(1024), 0, 1024, (root - 1) * 1024);
  closeSync(file);
}

async function benchManyTables(folder: string): Promise<BenchRow> {
  const path = join(folder, 'many.db');
  makeManyTables(path);
  const { seconds } = await measure(path, join(folder, 'many-out.db'));
  const reference = measureReference(path, join(folder, 'many-reference.db'), 't1');
  const isKnown = !('missing' in reference);
  return {
    what: `salvage, ${manyTables} tables, one page gone`,
    ours: `${seconds.toFixed(1)} s`,
    reference: isKnown ? `.recover: ${reference.seconds.toFixed(1)} s` : `none: ${reference.missing}`,
    target: '≤ 3 × .recover',
    isMet: !isKnown || seconds <= 3 * reference.seconds,
  };
}

/**
 * A process of its own, so that the memory measured is that of salvage alone, with the small heap that the app gives
 * itself; bundled as the app is, for Node's own reader of TypeScript takes tens of megabytes in each thread.
 */
async function measure(path: string, into: string): Promise<SalvageMeasured> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // Inside the project: native modules are found from there.
  const outDir = mkdtempSync(join(root, 'node_modules', '.salvage-bench-'));
  try {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: { ssr: join(root, 'test/bench/salvage-process.ts'), outDir, emptyOutDir: true },
    });
    const script = join(outDir, readdirSync(outDir).find((name) => name.startsWith('salvage-process')) as string);
    const child = fork(script, [path, into], { execArgv: ['--max-semi-space-size=2'] });
    return await new Promise((resolve, reject) => {
      child.on('message', (message) => resolve(message as SalvageMeasured));
      // The end of the process may be told before its last message, if that is a long one; the end of the channel is
      // not.
      child.on('disconnect', () => reject(new Error(`The salvage process ended with ${child.exitCode}`)));
    });
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

interface Reference {
  readonly seconds: number;
  /** Rows that it put into the table. The others have lost its name and those of its columns. */
  readonly rows: number;
  readonly lost: number;
}

/** The same file through SQLite's own `.recover`, its text piped into a new database. */
function measureReference(path: string, into: string, table = 'facts'): Reference | { readonly missing: string } {
  const shell = referenceShell();
  if ('missing' in shell) return shell;
  const start = performance.now();
  execFileSync('sh', ['-c', '"$0" "$1" .recover | "$0" "$2"', shell.path, path, into], { stdio: 'ignore' });
  const seconds = (performance.now() - start) / 1000;
  const db = new Database(into, { readonly: true });
  const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const hasLost = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'lost_and_found'").get() !== undefined;
  const lost = hasLost ? (db.prepare('SELECT count(*) FROM lost_and_found').pluck().get() as number) : 0;
  db.close();
  return { seconds, rows, lost };
}

export async function bench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-salvage-bench-'));
  try {
    const path = join(folder, 'damaged.db');
    const rows = makeFile(path);
    const size = statSync(path).size / 1e6;
    const measured = await measure(path, join(folder, 'out.db'));
    const reference = measureReference(path, join(folder, 'reference.db'));
    const figureOf = (of: (measured: Reference) => string): string =>
      'missing' in reference ? `none: ${reference.missing}` : `.recover: ${of(reference)}`;
    const speed = size / measured.seconds;
    const memory = measured.peakBytes / 1e6;
    const { certain = 0, missing, reasons } = measured.report.tables[0] ?? {};
    return [
      {
        what: `salvage, ${megabytes} MB, root page gone`,
        ours: `${speed.toFixed(0)} MB/s`,
        reference: figureOf(({ seconds }) => `${(size / seconds).toFixed(0)} MB/s`),
        target: '≥ 1.5 × .recover in the same run',
        isMet: 'missing' in reference || reference.seconds >= 1.5 * measured.seconds,
      },
      {
        what: 'peak memory of the whole process',
        ours: `${memory.toFixed(0)} MB`,
        target: '≤ 130 MB',
        isMet: memory <= 130,
      },
      {
        what: 'main thread busy at a stretch, at most',
        ours: `${measured.longestBusyMs.toFixed(1)} ms`,
        target: '≤ 20 ms',
        isMet: measured.longestBusyMs <= 20,
        note: `Its timers came ${measured.longestLateMs.toFixed(1)} ms late at most, with whatever else ran on this machine.`,
      },
      {
        what: 'rows in their table, certain',
        ours: `${certain} of ${rows}, missing ${missing?.atLeast} to ${missing?.atMost}`,
        reference: figureOf((one) => `${one.rows}, and ${one.lost} in its lost_and_found`),
        target: 'all',
        isMet: certain === rows,
        ...(certain !== rows && { note: `Doubtful: ${JSON.stringify(reasons)}` }),
      },
      await benchManyTables(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
