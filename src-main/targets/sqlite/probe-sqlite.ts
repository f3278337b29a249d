/**
 * Looks at one database, in the probe thread. Opens it afresh each time and for moments only; never writes, never waits
 * long.
 */
import { closeSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemClock } from '../../platform/clock.ts';
import { type Access, chooseAccess, largestAside } from './choose-access.ts';
import { hasTreePages } from './has-tree-pages.ts';
import { lookInto } from './look-into.ts';
import { looksEncrypted, parseSqliteHeader, type SqliteHeader } from './sqlite-header.ts';
import type { SqliteFacts, SqliteLook, SqliteQuestion, SqliteReport, SqliteTrouble } from './sqlite-report.ts';

/** A writer holds its lock for milliseconds; who waits longer stands in its way. */
const busyTimeoutMs = 50;
const attempts = 3;

/**
 * Of a process that runs SQL of others: a query that gathers without end fails instead of taking the machine's memory.
 */
const maxForeignBytes = 268_435_456;

export function probeSqlite(question: SqliteQuestion): SqliteReport {
  const { path } = question;
  let seen: Seen;
  try {
    const looked = see(path);
    if ('state' in looked) return looked;
    seen = looked;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return trouble('missing', `There is no file ${path}`);
    return trouble('unreadable', `${path} can't be read (${code ?? String(error)})`, { detail: code ?? String(error) });
  }
  const { access, facts } = seen;
  if (access.how === 'header') return { state: 'header-only', facts, reason: access.reason };
  try {
    const look = access.how === 'aside' ? lookAside(question, seen) : connect(question, access.mayTakeLong);
    if (look === undefined) return { state: 'header-only', facts, reason: 'busy' };
    return { state: 'seen', facts: { ...facts, pages: look.pages, freePages: look.freePages }, look };
  } catch (error) {
    return fromSqlite(error as Error & { code?: string }, path, facts);
  }
}

interface Seen {
  readonly header: SqliteHeader;
  readonly facts: SqliteFacts;
  readonly access: Access;
  readonly signature: string;
}

function see(path: string): Seen | SqliteReport {
  const stats = statSync(path);
  // Reading a pipe or a device may block for ever; a folder is a slip of the finger.
  if (!stats.isFile())
    return trouble('not-a-file', `${path} is ${stats.isDirectory() ? 'a folder' : 'not an ordinary file'}`);
  if (stats.size === 0) return trouble('empty', `${path} is empty: 0 bytes`);
  const first = readStart(path);
  const header = parseSqliteHeader(first);
  if (header === undefined && hasTreePages(path, stats.size))
    return trouble('damaged', `${path} is damaged: its header is destroyed`);
  if (header === undefined)
    return looksEncrypted(first, stats.size)
      ? trouble('encrypted', `${path} is encrypted, or damaged from its first byte`)
      : trouble('not-sqlite', `${path} is not a SQLite database`);
  const wal = statOrNothing(`${path}-wal`);
  const access = chooseAccess({
    size: stats.size,
    isWal: header.isWal,
    walBytes: wal?.size,
    hasShm: statOrNothing(`${path}-shm`) !== undefined,
    journalBytes: statOrNothing(`${path}-journal`)?.size,
    quietMs: systemClock.now() - stats.mtimeMs,
  });
  return {
    header,
    access,
    facts: {
      inode: stats.ino,
      fileBytes: stats.size,
      walBytes: wal?.size ?? 0,
      pageSize: header.pageSize,
      pages: Math.floor(stats.size / header.pageSize),
      freePages: header.freePages,
      journalMode: header.isWal ? 'wal' : 'rollback',
    },
    signature: `${stats.ino} ${stats.size} ${stats.mtimeMs} ${header.changeCounter}`,
  };
}

/** Unchanged files are not read again; one entry, since the thread looks at few. */
const lastAside = new Map<string, { readonly signature: string; readonly look: SqliteLook }>();
const maxRemembered = 50;

/**
 * Without any lock: the bytes count only if the file was the same before and after reading them.
 * @returns undefined when it never stood still
 */
function lookAside(question: SqliteQuestion, first: Seen): SqliteLook | undefined {
  const key = JSON.stringify(question);
  let seen: Seen | SqliteReport = first;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ('state' in seen || seen.access.how !== 'aside') return undefined;
    const known = lastAside.get(key);
    if (known?.signature === seen.signature) return known.look;
    const bytes = readFileSync(question.path);
    const after = see(question.path);
    const isSame = !('state' in after) && after.signature === seen.signature && after.access.how === 'aside';
    if (isSame && bytes.length <= largestAside) {
      // In memory there is no write-ahead log; the file has none, so this changes nothing else.
      bytes[18] = 1;
      bytes[19] = 1;
      const database = new Database(bytes, { readonly: true });
      try {
        if (question.mayRunForeignSql) database.pragma(`hard_heap_limit = ${maxForeignBytes}`);
        const look = lookInto(database, question, { mayTakeLong: true, fileBytes: bytes.length });
        if (lastAside.size >= maxRemembered) lastAside.clear();
        lastAside.set(key, { signature: seen.signature, look });
        return look;
      } finally {
        database.close();
      }
    }
    seen = after;
  }
  return undefined;
}

function connect(question: SqliteQuestion, mayTakeLong: boolean): SqliteLook {
  const database = new Database(question.path, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    if (question.mayRunForeignSql) database.pragma(`hard_heap_limit = ${maxForeignBytes}`);
    database.pragma('query_only = 1');
    const lockWaitSeconds = waitForLock(database);
    const look = lookInto(database, question, { mayTakeLong, fileBytes: statSync(question.path).size });
    return { ...look, lockWaitSeconds };
  } finally {
    database.close();
  }
}

/** @returns how long another program's lock was in the way, s; throws SQLITE_BUSY when it stays there */
function waitForLock(database: Database.Database): number {
  const read = (): unknown => database.prepare('SELECT 1 FROM sqlite_schema').get();
  try {
    read();
    return 0;
  } catch (error) {
    if (!isLocked((error as { code?: string }).code)) throw error;
    const began = systemClock.monotonic();
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    read();
    return (systemClock.monotonic() - began) / 1_000;
  } finally {
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

const isLocked = (code = ''): boolean => /^SQLITE_(BUSY|LOCKED)/.test(code);

function readStart(path: string): Buffer {
  const buffer = Buffer.alloc(512);
  const file = openSync(path, 'r');
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(file);
  }
}

function statOrNothing(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

const trouble = (
  kind: SqliteTrouble,
  message: string,
  more: { facts?: SqliteFacts; code?: string; detail?: string; lockWaitSeconds?: number } = {},
): SqliteReport => ({
  state: 'trouble',
  kind,
  message,
  ...more,
});

function fromSqlite(error: Error & { code?: string }, path: string, facts: SqliteFacts): SqliteReport {
  const code = error.code ?? 'ERROR';
  const more = { facts, code, detail: error.message };
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR)/.test(code))
    return trouble('damaged', `${path} is damaged: ${error.message}`, more);
  if (isLocked(code)) {
    const lockWaitSeconds = busyTimeoutMs / 1_000;
    return trouble('locked', `${path} is locked by another program`, { facts, code, lockWaitSeconds });
  }
  if (/^SQLITE_(CANTOPEN|PERM|AUTH|READONLY)/.test(code))
    return trouble('unreadable', `${path} can't be opened: ${error.message}`, more);
  return trouble('query-failed', `Asking ${path} failed: ${error.message}`, more);
}
