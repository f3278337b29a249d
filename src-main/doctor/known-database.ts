/** A file that is not there is a finding where the doctor knows the database, and a mistyped path where he does not. */
import type { Outcome } from '../contract/outcome.ts';
import { listBackups } from './backups/catalogue.ts';
import { readBaseline } from './baselines.ts';
import { type DatabaseFiles, findDatabaseFiles, findDatabasePlace, isMissing } from './files/database-files.ts';
import type { Places } from './flow/operation/places.ts';
import { undoableOf } from './flow/undo-flow.ts';

/** Failures: those of `findDatabaseFiles`. */
export function findKnownDatabase(given: string, places: Places): Outcome<DatabaseFiles> {
  const found = findDatabasePlace(given);
  if (!found.ok || !isMissing(found.value)) return found;
  const { path } = found.value;
  const isKnown =
    listBackups(places, path).length > 0 ||
    readBaseline(places, path) !== null ||
    undoableOf({ places }, path).length > 0;
  return isKnown ? found : findDatabaseFiles(given);
}
