/** Salvage of a 200 MB knowledge base with a destroyed root page: speed, memory, and what came back. */
import { fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { SalvageReport } from '../../src-main/doctor/salvage/salvage-types.ts';
import type { BenchRow } from './bench-row.ts';

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

interface Measured {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly report: SalvageReport;
}

export async function bench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-salvage-bench-'));
  try {
    const path = join(folder, 'damaged.db');
    const rows = makeFile(path);
    // A process of its own, so that the memory measured is that of salvage alone.
    // The doctor's worker has a small young generation as well (workers/protocol.ts).
    const child = fork(
      fileURLToPath(new URL('./salvage-process.ts', import.meta.url)),
      [path, join(folder, 'out.db')],
      {
        execArgv: ['--max-semi-space-size=2'],
      },
    );
    const measured = await new Promise<Measured>((resolve, reject) => {
      child.on('message', (message) => resolve(message as Measured));
      child.on('exit', (code) => reject(new Error(`The salvage process ended with ${code}`)));
    });
    const speed = statSync(path).size / 1e6 / measured.seconds;
    const memory = measured.peakBytes / 1e6;
    const certain = measured.report.tables[0]?.certain ?? 0;
    return [
      {
        what: `salvage, ${megabytes} MB, root page gone`,
        ours: `${speed.toFixed(0)} MB/s`,
        target: '≥ 60 MB/s',
        isMet: speed >= 60,
      },
      {
        what: 'peak memory of the whole process',
        ours: `${memory.toFixed(0)} MB`,
        target: '≤ 150 MB',
        isMet: memory <= 150,
      },
      { what: 'rows certain', ours: `${certain} of ${rows}`, target: 'all', isMet: certain === rows },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
