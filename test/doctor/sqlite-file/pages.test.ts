import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BtreePage } from '../../../src-main/doctor/sqlite-file/btree-page.ts';
import { FileBytes } from '../../../src-main/doctor/sqlite-file/file-bytes.ts';
import { inferGeometry } from '../../../src-main/doctor/sqlite-file/geometry.ts';
import { RecordReader } from '../../../src-main/doctor/sqlite-file/record.ts';
import { readWriteAheadLog } from '../../../src-main/doctor/sqlite-file/write-ahead-log.ts';
import { build, pageSizes } from '../../fixtures/corpus/build.ts';
import { seeded } from '../../fixtures/corpus/random.ts';
import { zoo } from '../../fixtures/corpus/zoo.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hakgal-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('b-tree pages', () => {
  it.each(zoo.map((animal, index) => [animal.name, animal, index] as const))(
    'takes every page that SQLite wrote for "%s" as consistent',
    (_name, animal, index) => {
      for (const size of pageSizes) {
        const random = seeded(index);
        const built = build(
          folder,
          animal,
          { ...random, pick: (list) => (list.includes(512 as never) ? (size as never) : random.pick(list)) },
          'plain',
        );
        const page = new BtreePage(size);
        const record = new RecordReader();
        const overflow = new Set(built.overflowPages);
        for (const number of built.pageOwners.keys()) {
          if (overflow.has(number)) continue;
          const bytes = built.bytes.subarray((number - 1) * size, number * size);
          expect([number, page.parse(bytes, number, size, record)]).toEqual([number, 'consistent']);
        }
      }
    },
  );

  it('finds the page size without a header, whatever it is', () => {
    for (const size of pageSizes) {
      const path = join(folder, `${size}.db`);
      const db = new Database(path);
      db.pragma(`page_size = ${size}`);
      db.exec('CREATE TABLE t(a, b)');
      const insert = db.prepare('INSERT INTO t VALUES (?, ?)');
      db.transaction(() => {
        for (let row = 0; row < 4000; row += 1) insert.run(row, `row ${row} with some text`);
      })();
      db.close();
      const bytes = readFileSync(path);
      bytes.fill(0, 0, size);
      writeFileSync(path, bytes);
      using file = new FileBytes(path);
      expect(inferGeometry(file)).toMatchObject({ pageSize: size, reserved: 0 });
    }
  });
});

describe('the write-ahead log', () => {
  function withLog(): { db: Database.Database; copy: string } {
    const path = join(folder, 'log.db');
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE t(a)');
    for (let row = 0; row < 20; row += 1) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(500));
    const copy = join(folder, 'copy-wal');
    copyFileSync(`${path}-wal`, copy);
    return { db, copy };
  }

  it('names the current version of every page, as SQLite itself sees it', () => {
    const { db, copy } = withLog();
    using file = new FileBytes(copy);
    const log = readWriteAheadLog(file, 4096);
    expect(log?.pageCount).toBe(db.pragma('page_count', { simple: true }));
    expect(log?.damaged).toBe(0);
    db.close();
  });

  it('stops before a last commit that is torn', () => {
    const { db, copy } = withLog();
    db.close();
    using whole = new FileBytes(copy);
    const frames = readWriteAheadLog(whole, 4096)?.committed as number;
    truncateSync(copy, readFileSync(copy).length - 100);
    using torn = new FileBytes(copy);
    const log = readWriteAheadLog(torn, 4096);
    expect(log?.committed).toBeLessThan(frames);
    expect(log?.lost.size).toBe(0);
  });

  it('loses one page, not all later commits, to one damaged frame', () => {
    const { db, copy } = withLog();
    db.close();
    const bytes = readFileSync(copy);
    const last = 32 + (24 + 4096) * 3 + 24 + 1000;
    bytes[last] = (bytes[last] as number) ^ 1;
    writeFileSync(copy, bytes);
    using file = new FileBytes(copy);
    const log = readWriteAheadLog(file, 4096);
    expect(log?.damaged).toBe(1);
    expect(log?.committed).toBeGreaterThan(10);
  });
});
