/**
 * Copies a database that may be in use, by SQLite's online backup; a copy that does not pass its checks replaces
 * nothing.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Backup } from '../../contract/doctor/backup.ts';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { tableStates } from '../examine/schema.ts';
import { openCheckable } from '../examine/stand-in-view.ts';
import { openView, openWorkingCopy } from '../examine/view.ts';
import { findDatabaseFiles, freeBytes } from '../files/database-files.ts';
import { hashFile, syncFile } from '../files/exact-copy.ts';
import { isOpenable, readFileFacts } from '../files/file-facts.ts';
import { takeOwnerOf } from '../files/take-owner.ts';
import type { FlowContext } from '../flow/flow-context.ts';
import { operationId } from '../flow/operation/places.ts';
import { addBackup, backupFolder, removeOldBackups } from './catalogue.ts';

/** 4 MB at the usual page size: short enough that a writer who waits for the read lock hardly notices. */
const pagesAtOnce = 1024;
/** Each write of the owner starts the copy over; after this many times it is made in one go. */
const maxRestarts = 5;

export async function makeBackup(given: string, keep: number, context: FlowContext): Promise<Outcome<Backup>> {
  const { places, clock, signal, onProgress } = context;
  const found = findDatabaseFiles(given);
  if (!found.ok) return found;
  const files = found.value;
  const facts = readFileFacts(files, signal);
  if (!isOpenable(facts)) return failed('not-backed-up/not-opened', { file: files.path });
  const folder = backupFolder(places, files.path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const free = freeBytes(folder);
  if (free !== null && free < files.totalBytes * 1.1) return failed('disk-full/backup', { folder, file: files.path });

  const id = operationId(clock.now(), context.random());
  const written = join(folder, `${id}.part`);
  try {
    const holders = await context.findHolders(files.path);
    {
      using view = openView(facts, holders, context.isOpenHere(files.path), context.scratch);
      await copyOnline(view.database, written, signal, (share) => onProgress('backup', share));
    }
    const problem = checkCopy(written);
    if (problem !== null) return failed('backup-not-sound', { file: files.path, detail: problem });
    onProgress('verify', 1);
    const rows = countAll(written);
    takeOwnerOf(files.path, written);
    syncFile(written);
    const backup = addBackup(places, written, {
      id,
      file: files.path,
      at: clock.now(),
      sizeBytes: statSync(written).size,
      sha256: await hashFile(written),
      rows,
    });
    removeOldBackups(places, files.path, keep);
    return ok(backup);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    return failed('not-backed-up', { file: files.path, detail: (error as Error).message });
  } finally {
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(written + part, { force: true });
  }
}

async function copyOnline(
  database: Database.Database,
  to: string,
  signal: AbortSignal | undefined,
  onShare: (share: number) => void,
): Promise<void> {
  let restarts = 0;
  let leftBefore = Number.POSITIVE_INFINITY;
  await database.backup(to, {
    progress: ({ totalPages, remainingPages }) => {
      signal?.throwIfAborted();
      if (remainingPages > leftBefore) restarts += 1;
      leftBefore = remainingPages;
      if (totalPages > 0) onShare(1 - remainingPages / totalPages);
      return restarts > maxRestarts ? Math.max(1, totalPages) : pagesAtOnce;
    },
  });
}

/** null when it is whole. */
function checkCopy(path: string): string | null {
  using view = openWorkingCopy(path);
  // A backup is one file, for good: no log may grow beside it.
  view.database.pragma('journal_mode = DELETE');
  using checkable = openCheckable(view);
  // The order of an index may be the application's alone; the pages, the trees and the rows are anybody's.
  const check = checkable.unjudged.size === 0 ? 'integrity_check(1)' : 'quick_check(1)';
  const verdict = String(checkable.database.pragma(check, { simple: true }));
  return verdict === 'ok' ? null : verdict.replaceAll('\n', ' ');
}

function countAll(path: string): Record<string, number> {
  const database = new Database(path, { readonly: true });
  try {
    return Object.fromEntries(tableStates(database).flatMap(({ name, rows }) => (rows === null ? [] : [[name, rows]])));
  } finally {
    database.close();
  }
}
