import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { type FileFacts, isLogOrphaned } from '../../files/file-facts.ts';
import { FileBytes } from '../../sqlite-file/file-bytes.ts';
import { readWriteAheadLog } from '../../sqlite-file/write-ahead-log.ts';
import { achieve, findingsOf, type Intention, intend, type Repair } from '../repair.ts';
import { settle } from './settle.ts';

const kinds = [
  'log-beside-empty',
  'log-broken',
  'log-generation',
  'log-generation-both',
  'log-generation-neither',
  'log-left-behind',
  'log-orphaned',
  'log-oversized',
  'log-torn',
  'log-unreadable',
] as const;

const words = sentences('repair.checkpoint-log', {
  planned: {
    en: 'Writes the committed changes of the log into the database.',
    de: 'Schreibt die abgeschlossenen Änderungen des Logs in die Datenbank.',
  },
  'planned-orphaned': {
    en: 'Leaves the log of another database out; it stays in the undo copy.',
    de: 'Lässt das Log einer anderen Datenbank weg; in der aufgehobenen Kopie bleibt es.',
  },
  'planned-broken': {
    en: 'Takes the log up to the damage, as SQLite itself would; {pages} {pages|page|pages} behind it stay in the undo copy.',
    de: 'Nimmt das Log nur bis zum Schaden, wie SQLite selbst; {pages} {pages|Seite|Seiten} dahinter bleiben in der aufgehobenen Kopie.',
  },
  'planned-empty': {
    en: 'Writes {pages} {pages|page|pages} of the log into the empty file.',
    de: 'Schreibt {pages} {pages|Seite|Seiten} des Logs in die leere Datei.',
  },
  done: {
    en: 'Wrote {pages} {pages|page|pages} of the log into the database.',
    de: '{pages} {pages|Seite|Seiten} aus dem Log in die Datenbank geschrieben.',
  },
  'done-orphaned': {
    en: 'Left the log of another database out.',
    de: 'Das Log einer anderen Datenbank wurde weggelassen.',
  },
});

/** Brings the log's committed changes home by a proper checkpoint and leaves no log. */
export const checkpointLog: Repair = {
  id: 'checkpoint-log',
  title: { en: 'Write the log back', de: 'Log übernehmen' },
  words,
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const answers = findingsOf(situation, ...kinds);
    if (answers.length === 0) return null;
    // A log that is merely there is no damage, but a repair swaps in a single file, so it is brought home anyway.
    return { ...whatToDo(situation.facts), answers, isChosen: !answers.some(({ kind }) => kind === 'log-broken') };
  },
  async run({ work, aside, facts }) {
    if (isLogOrphaned(facts)) {
      settle(work);
      return ok(achieve(words['done-orphaned']));
    }
    const frames = facts.log?.committedFrames ?? 0;
    if (isBesideEmpty(facts)) {
      if (!writeFromLog(work, aside)) return failed('not-rebuilt/no-commit');
    } else settle(work);
    return ok(achieve(words.done, { pages: frames }));
  },
};

function whatToDo(facts: FileFacts): Pick<Intention, 'what' | 'code' | 'values'> {
  const { log } = facts;
  if (isLogOrphaned(facts)) return intend(words['planned-orphaned']);
  if (isBesideEmpty(facts)) return intend(words['planned-empty'], { pages: log?.committedFrames ?? 0 });
  const behindDamage = log?.framesBehindDamage ?? 0;
  return behindDamage > 0 ? intend(words['planned-broken'], { pages: behindDamage }) : intend(words.planned);
}

/** SQLite would delete the log without reading it. */
const isBesideEmpty = ({ sizeBytes, log }: FileFacts): boolean => sizeBytes === 0 && (log?.committedFrames ?? 0) > 0;

function writeFromLog(work: string, aside: string): boolean {
  using bytes = new FileBytes(`${work}-wal`);
  const log = readWriteAheadLog(bytes, undefined);
  if (log === undefined) return false;
  const file = openSync(aside, 'wx', 0o600);
  try {
    const { overlay, pageSize, pageCount } = log;
    const empty = Buffer.alloc(pageSize);
    for (let page = 1; page <= pageCount; page += 1) {
      const offset = overlay.offsets.get(page);
      writeSync(file, offset === undefined ? empty : bytes.copy(offset, pageSize), 0, pageSize, (page - 1) * pageSize);
    }
  } finally {
    closeSync(file);
  }
  for (const part of ['-wal', '-shm', '-journal']) rmSync(work + part, { force: true });
  renameSync(aside, work);
  return true;
}
