import { failed, ok } from '../../contract/outcome.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { findingsOf, plural, type Repair, type Situation } from './repair.ts';

const kinds = ['missing-index', 'missing-view', 'missing-trigger'] as const;

/** Learned objects whose table is there and that are not. */
function lost(situation: Situation, there: ReadonlySet<string>) {
  return (situation.expected.baseline?.statements ?? []).filter(
    ({ type, name }) => type !== 'table' && !there.has(`${type} ${name}`),
  );
}

/** Indexes, views and triggers that were there when the database was last whole. An offer: whoever removed them may have meant it. */
export const createMissingObjects: Repair = {
  id: 'create-missing-objects',
  title: 'Create missing indexes, views and triggers',
  risk: 'safe',
  stage: 'schema',
  plan(situation) {
    const answers = findingsOf(situation, ...kinds);
    if (answers.length === 0) return null;
    return {
      what: `Creates ${plural(answers.length, 'index, view or trigger', 'indexes, views and triggers')} as they were.`,
      values: { count: answers.length },
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
      return failed('object-not-created', `${(error as Error).message}.`, 'Leave this repair out and try again.', {
        detail: (error as Error).message,
      });
    }
    return ok({ did: `Created ${made.join(', ')}.`, values: { names: made.join(', ') } });
  },
};
