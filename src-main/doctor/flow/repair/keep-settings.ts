/**
 * What a database says of itself in its header is the application's: a repair keeps it, and says what it could not
 * keep.
 */
import type { JournalMode, RepairNote } from '../../../contract/doctor/report.ts';
import { say } from '../../../contract/text/message.ts';
import { noteWords } from '../../../contract/words/notes.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { FileBytes } from '../../sqlite-file/file-bytes.ts';
import { type DatabaseHeader, readHeader, readHeaderOf } from '../../sqlite-file/header.ts';
import { readWriteAheadLog } from '../../sqlite-file/write-ahead-log.ts';

export const journalModeOf = (header: DatabaseHeader): JournalMode =>
  header.readVersion === 2 && header.writeVersion === 2 ? 'wal' : 'rollback';

/** As SQLite would read it: page 1 may lie in the log. undefined where it can't be believed. */
export function readSettings(path: string, hasLog: boolean): DatabaseHeader | undefined {
  const header = (hasLog ? headerInLog(path) : undefined) ?? readHeaderOf(path);
  return header?.hasMagic === true && header.implausible.every((field) => field === 'free pages') ? header : undefined;
}

function headerInLog(path: string): DatabaseHeader | undefined {
  using bytes = new FileBytes(`${path}-wal`);
  const log = readWriteAheadLog(bytes, undefined);
  const offset = log?.overlay.offsets.get(1);
  return offset === undefined ? undefined : readHeader(bytes.copy(offset, 100));
}

/**
 * @param onlyMode the content is another's by the user's own wish, a backup's for instance; how it is written to is not
 */
export function keepSettings(before: DatabaseHeader, work: string, onlyMode: boolean): readonly RepairNote[] {
  const now = readHeaderOf(work);
  if (now?.hasMagic !== true) return [];
  const wanted = [
    ['journal_mode', journalModeOf(before) === 'wal' ? 'WAL' : 'DELETE', journalModeOf(before) !== journalModeOf(now)],
    ['user_version', before.userVersion, !onlyMode && before.userVersion !== now.userVersion],
    ['application_id', before.applicationId, !onlyMode && before.applicationId !== now.applicationId],
  ] as const;
  if (wanted.some(([, , differs]) => differs)) {
    using view = openWorkingCopy(work);
    for (const [name, value, differs] of wanted) if (differs) view.database.pragma(`${name} = ${value}`);
  }
  return onlyMode ? [] : notesOn(before, readHeaderOf(work) ?? now);
}

function notesOn(before: DatabaseHeader, after: DatabaseHeader): readonly RepairNote[] {
  const note = (kind: Changed, was: string | number, is: string | number): RepairNote[] => {
    if (was === is) return [];
    const values = { before: was, after: is };
    return [{ kind, message: say(noteWords[kind], values).message, values }];
  };
  return [
    ...note('page-size-changed', before.pageSize ?? 0, after.pageSize ?? 0),
    ...note('encoding-changed', before.encoding ?? 'UTF-8', after.encoding ?? 'UTF-8'),
    ...note('auto-vacuum-changed', autoVacuumOf(before), autoVacuumOf(after)),
    ...note('reserved-changed', before.reserved, after.reserved),
    ...note('journal-mode-changed', journalModeOf(before), journalModeOf(after)),
  ];
}

type Changed =
  | 'auto-vacuum-changed'
  | 'encoding-changed'
  | 'journal-mode-changed'
  | 'page-size-changed'
  | 'reserved-changed';

const autoVacuumOf = ({ largestRoot, incrementalVacuum }: DatabaseHeader): string =>
  largestRoot === 0 ? 'none' : incrementalVacuum === 0 ? 'full' : 'incremental';
