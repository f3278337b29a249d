import type Database from 'better-sqlite3';
import type { Finding } from '../../../contract/doctor/examination.ts';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { type Expected, profileStatements } from '../../examine/expected.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import type { SchemaStatement } from '../../salvage/salvage-types.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

/** The table's own statement, then its indexes and triggers as they were learned. */
function statementsFor(finding: Finding, { profile, baseline }: Expected): SchemaStatement[] {
  const { table } = finding.place;
  const learned = baseline?.statements.filter((one) => one.table === table) ?? [];
  if (finding.check === 'profile' && profile !== null && !learned.some(({ type }) => type === 'table'))
    return profileStatements(profile).filter(({ name }) => name === table);
  return [...learned.filter(({ type }) => type === 'table'), ...learned.filter(({ type }) => type !== 'table')];
}

const words = sentences('repair.create-missing-tables', {
  planned: { en: 'Creates {names} with all columns, empty.', de: 'Legt {names} mit allen Spalten an, leer.' },
  done: { en: 'Created {names}.', de: 'Angelegt: {names}.' },
  'done-nothing': { en: 'Created nothing: all are there.', de: 'Keine Tabelle angelegt: Es sind alle da.' },
});

/** A table is created empty: its rows are not in the file any more, or salvage would have found them. */
export const createMissingTables: Repair = {
  id: 'create-missing-tables',
  title: { en: 'Create missing tables', de: 'Fehlende Tabellen anlegen' },
  words,
  risk: 'safe',
  stage: 'schema',
  plan(situation) {
    const answers = findingsOf(situation, 'missing-table').filter(
      (finding) => statementsFor(finding, situation.expected).length > 0,
    );
    if (answers.length === 0) return null;
    const names = [...new Set(answers.map(({ place }) => place.table))];
    return {
      ...intend(words.planned, { names: names.join(', ') }),
      answers,
      isChosen: true,
    };
  },
  async run({ work, answers, expected }) {
    using view = openWorkingCopy(work);
    const created = new Set<string>();
    try {
      view.database.transaction(() => {
        for (const finding of answers) {
          const name = finding.place.table ?? '';
          // A salvage before it may have brought the table.
          if (created.has(name) || isThere(view.database, name)) continue;
          // prepare() takes one statement only, so a profile can smuggle no second one in.
          for (const { sql } of statementsFor(finding, expected)) view.database.prepare(sql).run();
          created.add(name);
        }
      })();
    } catch (error) {
      return failed('table-not-created', { detail: (error as Error).message });
    }
    if (created.size === 0) return ok(achieve(words['done-nothing']));
    const names = [...created].join(', ');
    return ok(achieve(words.done, { names }));
  },
};

const isThere = (database: Database.Database, table: string): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE`).get(table) !==
  undefined;
