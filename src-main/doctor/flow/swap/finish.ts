/**
 * The ends of an operation whose swap had begun. Nothing that anybody else has written is thrown away with our own
 * files.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parts } from '../../files/database-files.ts';
import { syncFolderOf } from '../../files/exact-copy.ts';
import type { FlowContext } from '../flow-context.ts';
import { createContents } from '../operation/contents.ts';
import { openJournal } from '../operation/journal.ts';
import type { Operation } from '../operation/operation.ts';
import { oldOf, removeStaged, stagedOf } from '../operation/places.ts';

type Context = Pick<FlowContext, 'clock' | 'onStep'>;

/** After the last deed; also the end of a crash's recovery. */
export function finish(operation: Operation, context: Context): void {
  const { file, id, folder } = operation;
  keepNewer(operation);
  removeStaged(file, id);
  syncFolderOf(file);
  openJournal(folder, () => context.clock.now(), context.onStep).write('done');
}

/** The database stays as another program has made it; what was to go in is kept in the operation's folder. */
export function setAside(operation: Operation, context: Context): void {
  const { file, id, folder } = operation;
  keepNewer(operation);
  for (const part of parts) keep(stagedOf(file, id, part), operation);
  removeStaged(file, id);
  syncFolderOf(file);
  openJournal(folder, () => context.clock.now(), context.onStep).write('set-aside');
}

/**
 * Two programs in the same moment: one went on with the old file, one with the new. What only the old one holds stays
 * in the folder.
 */
function keepNewer(operation: Operation): void {
  const { file, id, originals } = operation;
  const contents = createContents();
  for (const part of ['', '-wal', '-journal'] as const) {
    const old = oldOf(file, id, part);
    if (existsSync(old) && !contents.isSameBeside(old, originals?.[part])) keep(old, operation);
  }
}

function keep(path: string, { id, folder }: Operation): void {
  if (!existsSync(path)) return;
  const kept = join(folder, basename(path).replace(`.hakgal-${id}-`, 'kept-'));
  try {
    renameSync(path, kept);
  } catch {
    // On another disk.
    copyFileSync(path, kept);
    rmSync(path);
  }
}
