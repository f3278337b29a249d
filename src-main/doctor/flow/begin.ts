/**
 * The first half that repair, restore and undo share: lock, check, end what a crash left of this file, keep the
 * originals.
 */
import { mkdirSync } from 'node:fs';
import type { UndoEntry } from '../../contract/doctor/undo.ts';
import { type Outcome, ok } from '../../contract/outcome.ts';
import { type DatabaseFiles, findDatabasePlace } from '../files/database-files.ts';
import { requireOwnFolder } from '../files/take-owner.ts';
import { type FlowContext, requireFree } from './flow-context.ts';
import { lockFile } from './operation/file-lock.ts';
import { type Journal, openJournal, type Sums } from './operation/journal.ts';
import { keepOriginals } from './operation/keep-originals.ts';
import { discard, makeOperationFolder } from './operation/operation.ts';
import { operationId } from './operation/places.ts';
import { type Needs, needsOf, requireRoom, requireWritable } from './room.ts';
import { recoverFile } from './swap/recover.ts';

export interface Begun {
  readonly id: string;
  readonly folder: string;
  readonly files: DatabaseFiles;
  readonly journal: Journal;
  readonly originals: Sums;
  readonly lock: Disposable;
}

/** On failure or cancellation nothing is left. On success the caller owns the lock and the folder. */
export async function begin(
  given: string,
  kind: UndoEntry['kind'],
  context: FlowContext,
  moreNeeds: Partial<Needs> = {},
): Promise<Outcome<Begun>> {
  const { places, clock, signal, onProgress } = context;
  const place = findDatabasePlace(given);
  if (!place.ok) return place;
  const lock = lockFile(places, place.value.path);
  if (!lock.ok) return lock;
  const checked = await check(given, context, moreNeeds);
  if (!checked.ok) {
    lock.value[Symbol.dispose]();
    return checked;
  }
  const files = checked.value;

  const id = operationId(clock.now(), context.random());
  const folder = makeOperationFolder(places, id);
  const giveUp = (): void => {
    discard({ file: files.path, id, folder });
    lock.value[Symbol.dispose]();
  };
  try {
    const journal = openJournal(folder, () => clock.now(), context.onStep);
    journal.write('begun', { file: files.path, kind, pid: process.pid });
    let bytes = 0;
    const originals = await keepOriginals(files, folder, {
      ...(signal !== undefined && { signal }),
      onBytes: (more) => {
        bytes += more;
        // Each file is read twice: once to copy, once to prove the copy.
        onProgress('copy', bytes / (2 * Math.max(1, files.totalBytes)));
      },
    });
    if (!originals.ok) {
      giveUp();
      return originals;
    }
    journal.write('copied', { originals: originals.value });
    return ok({ id, folder, files, journal, originals: originals.value, lock: lock.value });
  } catch (error) {
    giveUp();
    throw error;
  }
}

/** Before anything is copied: it may be written, nobody has it open, and there is room. */
async function check(given: string, context: FlowContext, more: Partial<Needs>): Promise<Outcome<DatabaseFiles>> {
  const { places } = context;
  const place = findDatabasePlace(given);
  if (!place.ok) return place;
  const writable = requireWritable(place.value);
  if (!writable.ok) return writable;
  const own = requireOwnFolder(place.value.path);
  if (!own.ok) return own;
  const free = await requireFree(context, place.value.path);
  if (!free.ok) return free;
  mkdirSync(places.operations, { recursive: true, mode: 0o700 });
  // What a crash left may only now be free to be finished; then other files lie there than before.
  recoverFile(place.value.path, context);
  const found = findDatabasePlace(given);
  if (!found.ok) return found;
  const needs = needsOf(found.value);
  const room = requireRoom(found.value, places.operations, {
    keep: needs.keep + (more.keep ?? 0),
    beside: needs.beside + (more.beside ?? 0),
  });
  return room.ok ? found : room;
}
