import { addMissingColumns } from './add-missing-columns.ts';
import { applyLog } from './apply-log.ts';
import { checkpointLog } from './checkpoint-log.ts';
import { compact } from './compact.ts';
import { createMissingObjects } from './create-missing-objects.ts';
import { createMissingTables } from './create-missing-tables.ts';
import { mergeBackup } from './merge-backup.ts';
import { rebuildByReading } from './rebuild-by-reading.ts';
import { rebuildFullText } from './rebuild-full-text.ts';
import { rebuildIndexes } from './rebuild-indexes.ts';
import { refreshStatistics } from './refresh-statistics.ts';
import type { Repair } from './repair.ts';
import { restoreBackup } from './restore-backup.ts';
import { restoreHeader } from './restore-header.ts';
import { rollBackJournal } from './roll-back-journal.ts';
import { salvageRows } from './salvage-rows.ts';
import { setOrphansAside } from './set-orphans-aside.ts';
import { setSequences } from './set-sequences.ts';
import { undoFileTransformation } from './undo-transformation.ts';

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
