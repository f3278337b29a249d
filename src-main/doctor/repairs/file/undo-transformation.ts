import { renameSync, rmSync } from 'node:fs';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { readHeaderOf } from '../../sqlite-file/header.ts';
import { isForGood } from '../../transformations/transformation.ts';
import { undoTransformation } from '../../transformations/undo-transformation.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

const kinds = [
  'file-base64',
  'file-bytes-added',
  'file-bytes-before',
  'file-bytes-lost',
  'file-gzip',
  'file-line-ends',
  'file-line-ends-lost',
  'file-text-encoding',
] as const;

const words = sentences('repair.undo-transformation', {
  planned: {
    en: 'Writes the file as it was before. The result has to prove itself: its header, its pages and its tables.',
    de: 'Schreibt die Datei, wie sie vorher war. Das Ergebnis muss sich selbst beweisen: Kopf, Seiten und Tabellen.',
  },
  done: { en: 'The file is in its own form again.', de: 'Die Datei hat wieder ihre eigene Form.' },
  'done-open-pages': {
    en: 'All pages are in their places again; {count} {count|page|pages} could not be put together.',
    de: 'Alle Seiten liegen wieder an ihrem Platz; {count} {count|Seite ließ|Seiten ließen} sich nicht zusammensetzen.',
  },
});

/**
 * The file as it was before a transfer or a program changed it as a whole. What is still damaged then, the next round
 * sees.
 */
export const undoFileTransformation: Repair = {
  id: 'undo-transformation',
  title: { en: 'Put the file back into its own form', de: 'Datei in ihre eigene Form zurückbringen' },
  words,
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const { transformation } = situation.facts;
    const answers = findingsOf(situation, ...kinds);
    if (answers.length === 0 || transformation === null || isForGood(transformation)) return null;
    return {
      ...intend(words.planned),
      answers,
      isChosen: true,
    };
  },
  async run({ work, aside, facts: { transformation }, signal }) {
    if (transformation === null) return notUndone('nothing has happened to it');
    try {
      const { openPages } = await undoTransformation(transformation, work, aside, signal);
      if (readHeaderOf(aside)?.hasMagic !== true) return notUndone('what came of it is no database');
      renameSync(aside, work);
      if (openPages === 0) return ok(achieve(words.done));
      return ok(achieve(words['done-open-pages'], { count: openPages }));
    } catch (error) {
      if (signal?.aborted) throw error;
      return notUndone((error as Error).message);
    } finally {
      rmSync(aside, { force: true });
    }
  },
};

const notUndone = (detail: string) => failed('transformation-not-undone', { detail });
