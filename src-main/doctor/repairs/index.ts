import { compact } from './file/compact.ts';
import { restoreBackup } from './file/restore-backup.ts';
import { restoreHeader } from './file/restore-header.ts';
import { undoFileTransformation } from './file/undo-transformation.ts';
import { rebuildFullText } from './indexes/rebuild-full-text.ts';
import { rebuildIndexes } from './indexes/rebuild-indexes.ts';
import { refreshStatistics } from './indexes/refresh-statistics.ts';
import { applyLog } from './logs/apply-log.ts';
import { checkpointLog } from './logs/checkpoint-log.ts';
import { rollBackJournal } from './logs/roll-back-journal.ts';
import type { Repair } from './repair.ts';
import { mergeBackup } from './rows/merge-backup.ts';
import { rebuildByReading } from './rows/rebuild-by-reading.ts';
import { salvageRows } from './rows/salvage-rows.ts';
import { setOrphansAside } from './rows/set-orphans-aside.ts';
import { addMissingColumns } from './schema/add-missing-columns.ts';
import { createMissingObjects } from './schema/create-missing-objects.ts';
import { createMissingTables } from './schema/create-missing-tables.ts';
import { setSequences } from './schema/set-sequences.ts';

/** Safest first. The order in which they run is their stage's. */
export const repairs: readonly Repair[] = [
  createMissingTables,
  addMissingColumns,
  createMissingObjects,
  rebuildIndexes,
  rebuildFullText,
  checkpointLog,
  rollBackJournal,
  restoreHeader,
  undoFileTransformation,
  setSequences,
  refreshStatistics,
  compact,
  rebuildByReading,
  setOrphansAside,
  mergeBackup,
  applyLog,
  salvageRows,
  restoreBackup,
];
