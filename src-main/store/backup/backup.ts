/**
 * The verified copy from which a damaged history is restored. A new one takes the old one's place only after every page
 * and every block of it was read; until then, and when anything is wrong with it, the old one stays.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { isIntact } from '../codec/block.ts';
import { blocksOf } from '../codec/segment.ts';
import { decodeHeadRow } from '../head/head-row.ts';
import { backupPathOf } from './backup-path.ts';

/** Room that a backup leaves for everything else. */
const reservedBytes = 256 * 1024 * 1024;

export interface Backup {
  readonly path: string;
  readonly bytes: number;
}

/** Runs on a thread of its own: it takes as long as the file is large. Failures: `no-room`, `damaged`, `not-made`. */
export function makeBackup(path: string): Outcome<Backup> {
  const target = backupPathOf(path);
  const fresh = `${target}.new`;
  rmSync(fresh, { force: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const room = statfsSync(dirname(path));
  if (room.bavail * room.bsize < size + reservedBytes) return failed('no-room', { size });
  try {
    const source = new Database(path, { readonly: true, fileMustExist: true });
    try {
      source.prepare('VACUUM INTO ?').run(fresh);
    } finally {
      source.close();
    }
    const verdict = isVerified(fresh);
    if (verdict !== true) return failed('damaged', { detail: String(verdict) });
    sync(fresh);
    renameSync(fresh, target);
    return ok({ path: target, bytes: statSync(target).size });
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    return /^SQLITE_(CORRUPT|NOTADB)/.test(code)
      ? failed('damaged/not-copied', { detail: message })
      : failed('not-made', { detail: message });
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Every page, every tick, every block. @returns true, or what is wrong */
export function isVerified(path: string): true | string {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true });
    const verdict = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') return String(verdict);
    for (const data of database.prepare('SELECT data FROM head').pluck().iterate() as Iterable<Buffer>)
      decodeHeadRow(data);
    for (const data of database.prepare('SELECT data FROM segments').pluck().iterate() as Iterable<Buffer>)
      for (const { block } of blocksOf(data)) if (!isIntact(block)) return 'a block does not match its checksum';
    return true;
  } catch (error) {
    return (error as Error).message;
  } finally {
    database?.close();
  }
}

/** The file as the older version left it, kept until the next such step. */
export function keepBeforeMigration(database: Database.Database, path: string, version: number): void {
  const target = `${path}.version-${version}`;
  if (existsSync(target)) return;
  database.prepare('VACUUM INTO ?').run(target);
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
