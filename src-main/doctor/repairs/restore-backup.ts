import { rmSync } from 'node:fs';
import { failed, ok } from '../../contract/outcome.ts';
import { isMissing } from '../files/database-files.ts';
import { copyAndHash, takeOwnerOf } from '../files/exact-copy.ts';
import { damageForSalvage } from './needs-salvage.ts';
import { findingsOf, type Repair } from './repair.ts';

/** Where nothing is left that another repair could start from. */
const hopeless = ['file-missing', 'not-a-database', 'empty-file', 'encrypted'] as const;

/** The whole file from the newest verified backup: everything since it is lost, so it is chosen only where nothing else is left. */
export const restoreBackup: Repair = {
  id: 'restore-backup',
  title: 'Restore the newest backup',
  risk: 'may-lose',
  stage: 'file',
  plan(situation) {
    const { backup, facts } = situation;
    const lost = findingsOf(situation, ...hopeless);
    const answers = [...lost, ...damageForSalvage(situation)];
    if (backup === null || answers.length === 0) return null;
    const when = new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ');
    return {
      what: isMissing(facts.files)
        ? `Puts the backup of ${when} UTC where the file was; what was written since is lost.`
        : `Replaces the file by the backup of ${when} UTC; what was written since is only in the undo copy.`,
      ...(isMissing(facts.files) && { code: 'restore-backup.missing' as const }),
      values: { backupAt: backup.at },
      answers,
      // A key may still be found for an encrypted file.
      isChosen: lost.some(({ kind }) => kind !== 'encrypted'),
    };
  },
  async run({ work, backup, signal }) {
    if (backup === null) return failed('no-backup', 'There is no verified backup.', 'Choose another repair.');
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(work + part, { force: true });
    const sha256 = await copyAndHash(backup.path, work, signal === undefined ? {} : { signal });
    if (sha256 !== backup.sha256)
      return failed('backup-changed', 'The backup is no longer what was verified.', 'Choose another backup.');
    takeOwnerOf(backup.path, work);
    return ok({ did: 'Put the backup in place.' });
  },
};
