import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isVerified, makeBackup } from '../../src-main/store/backup/backup.ts';
import { encodeHeadRow } from '../../src-main/store/head/head-row.ts';
import { migrations } from '../../src-main/store/migrations/migrations.ts';
import { historyFeed, openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const feed = historyFeed(3);
const everything = { series: ['feed_1'], from: feed(0).at, until: feed(4000).at, columns: 4000 };

/** A closed history of ticks 0 … count-1. */
async function history(count: number): Promise<string> {
  const path = join(temporaryFolder(), 'history.db');
  const store = await openedForTest(path);
  for (let second = 0; second < count; second += 1) await store.append(feed(second));
  await store.settle();
  await store.close();
  return path;
}

async function ticksIn(path: string): Promise<{ recoveryLevel: string; message: string | undefined; ticks: number[] }> {
  const store = await openedForTest(path);
  const { recoveryLevel, message } = store.status();
  const { series } = await store.range(everything);
  const ticks = [...(series[0]?.last ?? [])];
  await store.append(feed(3999));
  await store.close();
  return { recoveryLevel, message, ticks };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const destroyHeader = (path: string): void => {
  const bytes = readFileSync(path);
  bytes.fill(0x55, 0, 100);
  writeFileSync(path, bytes);
};

describe('opening the history', () => {
  it('open: a whole file', async () => {
    const { recoveryLevel, message, ticks } = await ticksIn(await history(700));
    expect({ recoveryLevel, message, ticks }).toEqual({ recoveryLevel: 'open', message: undefined, ticks: upTo(700) });
  });

  it('restored-from-backup: a damaged file with a verified backup beside it, which stays', async () => {
    const path = await history(700);
    expect(makeBackup(path).ok).toBe(true);
    destroyHeader(path);
    const { recoveryLevel, message, ticks } = await ticksIn(path);
    expect(recoveryLevel).toBe('restored-from-backup');
    expect(ticks).toEqual(upTo(700));
    expect(message).toContain('history.db.damaged');
    expect(existsSync(`${path}.damaged`)).toBe(true);
    expect(isVerified(`${path}.backup`)).toBe(true);
  });

  it('salvaged: a damaged file without a backup, or with a bad one', async () => {
    const path = await history(700);
    writeFileSync(`${path}.backup`, 'no backup at all');
    destroyHeader(path);
    const { recoveryLevel, ticks } = await ticksIn(path);
    expect(recoveryLevel).toBe('salvaged');
    expect(ticks).toEqual(upTo(700));
  });

  it('salvaged: a file whose first page, and with it every name, is gone', async () => {
    const path = await history(700);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 0, 4096));
    const { recoveryLevel, ticks } = await ticksIn(path);
    expect(recoveryLevel).toBe('salvaged');
    expect(ticks).toEqual(upTo(700));
  });

  it('fresh: a file of which nothing can be read', async () => {
    const path = join(temporaryFolder(), 'history.db');
    writeFileSync(path, Buffer.alloc(50_000, 0x77));
    const { recoveryLevel, message } = await ticksIn(path);
    expect(recoveryLevel).toBe('fresh');
    expect(message).toContain('history.db.damaged');
    expect(statSync(`${path}.damaged`).size).toBe(50_000);
  });

  it('in-memory: a place where no file can be', async () => {
    const path = join(temporaryFolder(), 'history.db');
    mkdirSync(path);
    const { recoveryLevel, message } = await ticksIn(path);
    expect(recoveryLevel).toBe('in-memory');
    expect(message).toContain('lasts until the app ends');
  });
});

describe('a backup', () => {
  it('that turns out bad never takes the place of a good one', async () => {
    const path = await history(700);
    expect(makeBackup(path).ok).toBe(true);
    const good = readFileSync(`${path}.backup`);
    const database = new Database(path);
    // A block that does not match its checksum is copied by SQLite without a word.
    database.exec("UPDATE segments SET data = CAST(substr(data, 1, length(data) - 1) || x'00' AS BLOB)");
    database.close();
    const outcome = makeBackup(path);
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'damaged' } });
    expect(readFileSync(`${path}.backup`).equals(good)).toBe(true);
    expect(existsSync(`${path}.backup.new`)).toBe(false);
  });
});

describe('migrations', () => {
  it('are numbered without a hole', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('002 makes room for alerts and notifications, and leaves the history alone', () => {
    const database = new Database(':memory:');
    const [first, second] = migrations;
    database.exec(first?.sql as string);
    database.exec("INSERT INTO series (id, key, metric, labels, first_at) VALUES (1, 'load', 'load', '{}', 7)");
    database.exec(second?.sql as string);
    expect(database.prepare('SELECT key FROM series').pluck().all()).toEqual(['load']);
    for (const table of ['alert_states', 'alert_transitions', 'silences', 'outbox', 'outbox_items', 'delivery_log'])
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    database.close();
  });

  it('003 turns ticks of fixed width into ticks with a checksum, and leaves the file as it was beside it', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const older = new Database(path);
    for (const { sql, version } of migrations.slice(0, 2)) {
      older.exec(sql);
      older.pragma(`user_version = ${version}`);
    }
    older.exec(
      `INSERT INTO series (id, key, metric, labels, first_at) VALUES (1, 'feed_1', 'feed_1', '{}', ${feed(0).at})`,
    );
    const row = Buffer.alloc(4 + 4 + 8);
    row.writeUInt32LE(1, 0);
    row.writeUInt32LE(1, 4);
    row.writeDoubleLE(42.5, 8);
    older.prepare('INSERT INTO head (at, data) VALUES (?, ?)').run(feed(0).at, row);
    older.close();
    const { recoveryLevel, ticks } = await ticksIn(path);
    expect({ recoveryLevel, ticks }).toEqual({ recoveryLevel: 'open', ticks: [42.5] });
    const kept = new Database(`${path}.version-2`, { readonly: true });
    expect(kept.pragma('user_version', { simple: true })).toBe(2);
    kept.close();
    rmSync(`${path}.version-2`);
    expect(encodeHeadRow({ ids: Uint32Array.of(1), values: Float64Array.of(42.5) }).length).toBeLessThan(row.length);
  });
});
