/**
 * Opens what is to be salvaged: the file, the log or journal beside it, and the page geometry and encoding that its
 * pages confirm.
 */
import { existsSync, statSync } from 'node:fs';
import { failed, type Outcome, ok } from '../../../contract/outcome.ts';
import type { NamesOf, ValuesArgument } from '../../../contract/text/message.ts';
import type { NoteKind, noteWords } from '../../../contract/words/notes.ts';
import { findDatabaseFiles } from '../../files/database-files.ts';
import { looksEncrypted, readFileFacts } from '../../files/file-facts.ts';
import { FileBytes } from '../../sqlite-file/file-bytes.ts';
import { type DatabaseHeader, readHeader } from '../../sqlite-file/header.ts';
import { OverlaidPages, type Overlay, type PageSource } from '../../sqlite-file/page-source.ts';
import { isOfFinishedTransaction, readRollbackJournal } from '../../sqlite-file/rollback-journal.ts';
import { readWriteAheadLog } from '../../sqlite-file/write-ahead-log.ts';
import type { SalvageNote } from '../salvage-types.ts';
import { chooseGeometry } from './choose-geometry.ts';

export interface Damaged {
  readonly source: PageSource;
  readonly header: DatabaseHeader | undefined;
  /** Page 1 begins as a database should: its other fields may be used. */
  readonly isHeaderTrusted: boolean;
  /** Pages whose newest version is lost. */
  readonly lost: ReadonlySet<number>;
  /**
   * The log beside the file ends within a transaction, or can't be used: rows may have been committed in what is lost
   * of it.
   */
  readonly isLogCut: boolean;
  /** The last page that belongs to the database, as far as the header can be believed. */
  readonly lastPage: number;
  readonly notes: SalvageNote[];
  readonly files: readonly FileBytes[];
}

export function openDamaged(path: string): Outcome<Damaged> {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined || !kind.isFile()) return failed('not-readable/no-file', { file: path });
  const files: FileBytes[] = [];
  try {
    const file = new FileBytes(path);
    files.push(file);
    const outcome = openPages(path, file, files);
    if (!outcome.ok) for (const one of files) one[Symbol.dispose]();
    return outcome;
  } catch (error) {
    for (const one of files) one[Symbol.dispose]();
    return failed('not-readable', { file: path, detail: (error as Error).message });
  }
}

function openPages(path: string, file: FileBytes, files: FileBytes[]): Outcome<Damaged> {
  const notes: SalvageNote[] = [];
  const note = <K extends NoteKind>(
    kind: K,
    message: string,
    ...[values]: ValuesArgument<NamesOf<(typeof noteWords)[K]>>
  ): void => void notes.push({ kind, message, ...(values !== undefined && { values }) });
  const beside = (suffix: string): FileBytes | undefined => {
    const found = existsSync(path + suffix) && statSync(path + suffix).isFile() && statSync(path + suffix).size > 0;
    if (!found) return undefined;
    const bytes = new FileBytes(path + suffix);
    files.push(bytes);
    return bytes;
  };
  const wal = beside('-wal');
  const journalFile = beside('-journal');
  if (file.size === 0 && wal === undefined) return failed('nothing-found/empty', { file: path });
  const ownHeader = readHeader(Buffer.from(file.view(0, 100)));
  const hint =
    ownHeader?.hasMagic && ownHeader.pageSize !== undefined
      ? { pageSize: ownHeader.pageSize, reserved: ownHeader.reserved }
      : undefined;
  const logFirst = wal === undefined ? undefined : readWriteAheadLog(wal, undefined);
  const geometry = chooseGeometry(file, hint, logFirst?.pageSize);
  if (geometry === undefined) {
    const found = findDatabaseFiles(path);
    return found.ok && looksEncrypted(readFileFacts(found.value))
      ? failed('encrypted/looks', { file: path })
      : failed('nothing-found', { file: path });
  }
  if (geometry.isInferred)
    note('page-size-inferred', `The page size was told by the pages themselves: ${geometry.pageSize} bytes.`, {
      bytes: geometry.pageSize,
    });
  const { pageSize, reserved } = geometry;
  const log = logFirst?.pageSize === pageSize ? logFirst : undefined;
  if (wal !== undefined && log === undefined)
    note('log-unusable', 'The log beside the file holds no whole commit for it.');
  if (log !== undefined) {
    note('log-applied', `${log.committed} pages of the log beside the file were used.`, { pages: log.committed });
    if (log.damaged > 0)
      note('log-torn', `${log.damaged} pages in the log are damaged; older versions of them are doubtful.`, {
        pages: log.damaged,
      });
    if (log.unfinished > 0)
      note(
        'log-unfinished',
        `The log ends in a transaction of ${log.unfinished} pages without its end: never committed, or lost.`,
        { pages: log.unfinished },
      );
  }
  const journal =
    journalFile !== undefined && log === undefined && !isOfFinishedTransaction(journalFile)
      ? readRollbackJournal(journalFile, pageSize)
      : undefined;
  if (journal !== undefined)
    note('journal-rolled-back', `An unfinished transaction was rolled back: ${journal.records} pages in its journal.`, {
      pages: journal.records,
    });
  const overlay: Overlay | undefined = log?.overlay ?? journal?.overlay;
  const inFile = Math.ceil(file.size / pageSize);
  let largest = 0;
  for (const page of overlay?.offsets.keys() ?? []) largest = Math.max(largest, page);
  const known = log?.pageCount ?? journal?.pageCount;
  // Never more pages than bytes: a page number past both files has nothing behind it.
  const pageCount = Math.max(inFile, Math.min(largest, inFile + (overlay?.offsets.size ?? 0) * 64 + 1));
  const source = new OverlaidPages(file, { pageSize, reserved, pageCount }, overlay);
  const header = readHeader(Buffer.from(source.read(1)?.subarray(0, 100) ?? Buffer.alloc(0)));
  const isHeaderTrusted = header?.hasMagic === true && header.implausible.length <= 1;
  if (!isHeaderTrusted)
    note('header-lost', 'The header of the file is destroyed; what it said was told from the pages.');
  else if (header.implausible.length > 0)
    note('header-damaged', `The header is damaged in: ${header.implausible.join(', ')}.`, {
      detail: header.implausible.join(', '),
    });
  const named =
    known ??
    (isHeaderTrusted && header.changeCounter === header.validFor && header.pageCount > 0
      ? header.pageCount
      : pageCount);
  if (named > pageCount)
    note('truncated', `${named - pageCount} of ${named} pages are missing at the end of the file.`, {
      missing: named - pageCount,
      pages: named,
    });
  if (named < pageCount)
    note('beyond-end', `The file goes on for ${pageCount - named} pages after the end of the database.`, {
      pages: pageCount - named,
    });
  return ok({
    source,
    header,
    isHeaderTrusted,
    isLogCut: wal !== undefined && (log === undefined || log.unfinished > 0),
    lost: log?.lost ?? journal?.lost ?? new Set<number>(),
    lastPage: named,
    notes,
    files,
  });
}
