import { rmSync } from 'node:fs';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { isMissing } from '../../files/database-files.ts';
import { copyAndHash } from '../../files/exact-copy.ts';
import { takeOwnerOf } from '../../files/take-owner.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from '../rows/needs-salvage.ts';

/** Where nothing is left that another repair could start from. */
const hopeless = ['file-missing', 'not-a-database', 'empty-file', 'encrypted'] as const;

export const restoreBackupWords = sentences('repair.restore-backup', {
  planned: {
    en: 'Replaces the file by the backup of {backupAt:dateTime}; what was written since is only in the undo copy.',
    de: 'Ersetzt die Datei durch die Sicherung vom {backupAt:dateTime}; was seither geschrieben wurde, steht nur in der aufgehobenen Kopie.',
  },
  'planned-missing': {
    en: 'Puts the backup of {backupAt:dateTime} where the file was; what was written since is lost.',
    de: 'Legt die Sicherung vom {backupAt:dateTime} dorthin, wo die Datei war; was seither geschrieben wurde, ist verloren.',
  },
  'planned-chosen': { en: 'Puts the chosen backup in place.', de: 'Spielt die gewählte Sicherung ein.' },
  done: { en: 'Put the backup in place.', de: 'Die Sicherung ist eingespielt.' },
});

/**
 * The whole file from the newest verified backup: everything since it is lost, so it is chosen only where nothing else
 * is left.
 */
export const restoreBackup: Repair = {
  id: 'restore-backup',
  title: { en: 'Restore the newest backup', de: 'Neueste Sicherung einspielen' },
  words: restoreBackupWords,
  risk: 'may-lose',
  stage: 'file',
  plan(situation) {
    const { backup, facts } = situation;
    const lost = findingsOf(situation, ...hopeless);
    const answers = [...lost, ...damageForSalvage(situation)];
    if (backup === null || answers.length === 0) return null;
    return {
      ...intend(isMissing(facts.files) ? restoreBackupWords['planned-missing'] : restoreBackupWords.planned, {
        backupAt: backup.at,
      }),
      answers,
      // A key may still be found for an encrypted file.
      isChosen: lost.some(({ kind }) => kind !== 'encrypted'),
    };
  },
  async run({ work, backup, signal }) {
    if (backup === null) return failed('no-backup');
    for (const part of ['', '-wal', '-shm', '-journal']) rmSync(work + part, { force: true });
    const sha256 = await copyAndHash(backup.path, work, signal === undefined ? {} : { signal });
    if (sha256 !== backup.sha256) return failed('backup-changed');
    takeOwnerOf(backup.path, work);
    return ok(achieve(restoreBackupWords.done));
  },
};
