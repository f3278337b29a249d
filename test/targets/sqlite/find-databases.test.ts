import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { findDatabases } from '../../../src-main/targets/sqlite/find-databases.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('looking for databases to watch', () => {
  it('finds real ones near the top, the known kind first, then the one written last', async () => {
    const home = temporaryFolder();
    const make = (path: string, ageSeconds: number): string => {
      const full = join(home, path);
      mkdirSync(dirname(full), { recursive: true });
      new Database(full).exec('CREATE TABLE t(a)').close();
      utimesSync(full, Date.now() / 1000 - ageSeconds, Date.now() / 1000 - ageSeconds);
      return full;
    };
    const older = make('Documents/ledger.sqlite', 500);
    const known = make('work/kb/hexagonal_kb.db', 900);
    const newer = make('notes.db', 10);
    make('a/b/c/too-deep.db', 1);
    make('.hidden/cookies.db', 1);
    writeFileSync(join(home, 'not-one.db'), 'a text with the wrong ending');
    const found = await findDatabases([home, join(home, 'Documents'), join(home, 'missing')]);
    expect(found.map(({ path }) => path)).toEqual([known, newer, older]);
    expect(found[0]).toMatchObject({ profile: 'hakgal' });
  });
});
