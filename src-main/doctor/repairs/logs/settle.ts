import { openWorkingCopy } from '../../examine/view.ts';

/** Leaves one file with nothing beside it: the journal played back, the log brought home. The journal mode stays. */
export function settle(path: string): void {
  using view = openWorkingCopy(path);
  view.database.prepare('SELECT count(*) FROM sqlite_schema').get();
  view.database.pragma('wal_checkpoint(TRUNCATE)');
}
