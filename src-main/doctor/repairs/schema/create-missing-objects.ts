import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { achieve, findingsOf, intend, type Repair, type Situation } from '../repair.ts';

const kinds = ['missing-index', 'missing-view', 'missing-trigger'] as const;

/** Learned objects whose table is there and that are not. */
function lost(situation: Situation, there: ReadonlySet<string>) {
  return (situation.expected.baseline?.statements ?? []).filter(
    ({ type, name }) => type !== 'table' && !there.has(`${type} ${name}`),
  );
}

const words = sentences('repair.create-missing-objects', {
  planned: {
    en: 'Creates {count} missing {count|index, view or trigger|indexes, views and triggers} as they were.',
    de: 'Legt {count} {count|fehlenden Index, Sicht oder Trigger|fehlende Indizes, Sichten und Trigger} so an, wie sie waren.',
  },
  done: { en: 'Created {names}.', de: 'Angelegt: {names}.' },
});

/**
 * Indexes, views and triggers that were there when the database was last whole. An offer: whoever removed them may have
 * meant it.
 */
export const createMissingObjects: Repair = {
  id: 'create-missing-objects',
  title: { en: 'Create missing indexes, views and triggers', de: 'Fehlende Indizes, Sichten und Trigger anlegen' },
  words,
  risk: 'safe',
  stage: 'schema',
  plan(situation) {
    const answers = findingsOf(situation, ...kinds);
    if (answers.length === 0) return null;
    return {
      ...intend(words.planned, { count: answers.length }),
      answers,
      isChosen: false,
    };
  },
  async run(context) {
    using view = openWorkingCopy(context.work);
    const there = new Set(
      view.database.prepare(`SELECT type || ' ' || name FROM sqlite_schema`).pluck().all() as string[],
    );
    const tables = new Set([...there].filter((name) => name.startsWith('table ')).map((name) => name.slice(6)));
    const made: string[] = [];
    try {
      view.database.transaction(() => {
        for (const { type, name, table, sql } of lost(context, there)) {
          if (type !== 'view' && !tables.has(table)) continue;
          view.database.prepare(sql).run();
          made.push(name);
        }
      })();
    } catch (error) {
      return failed('object-not-created', { detail: (error as Error).message });
    }
    return ok(achieve(words.done, { names: made.join(', ') }));
  },
};
