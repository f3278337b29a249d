import type { Finding } from '../../../contract/doctor/examination.ts';
import type { RepairNote } from '../../../contract/doctor/report.ts';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { readColumns } from '../../examine/schema.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import { achieve, findingsOf, intend, type Repair, type Situation } from '../repair.ts';

function declarationOf(finding: Finding, { expected }: Situation): string | undefined {
  const table = expected.profile?.tables.find(({ name }) => name === finding.place.table);
  return table?.columns.find(({ name }) => name === finding.place.column)?.declaration;
}

const words = sentences('repair.add-missing-columns', {
  planned: {
    en: 'Adds {names} with the default for every row.',
    de: 'Fügt {names} hinzu, mit dem Vorgabewert in jeder Zeile.',
  },
  done: { en: 'Added {names}.', de: 'Hinzugefügt: {names}.' },
});

/** ALTER TABLE ADD COLUMN: rows stay where they are and get the default. */
export const addMissingColumns: Repair = {
  id: 'add-missing-columns',
  title: { en: 'Add missing columns', de: 'Fehlende Spalten hinzufügen' },
  words,
  risk: 'safe',
  stage: 'schema',
  plan(situation) {
    const answers = findingsOf(situation, 'missing-column').filter(
      (finding) => declarationOf(finding, situation) !== undefined,
    );
    if (answers.length === 0) return null;
    const names = answers.map(({ place }) => `${place.table}.${place.column}`);
    return {
      ...intend(words.planned, { names: names.join(', ') }),
      answers,
      isChosen: true,
    };
  },
  async run(context) {
    using view = openWorkingCopy(context.work);
    const plain: string[] = [];
    try {
      view.database.transaction(() => {
        for (const finding of context.answers) {
          const { table, column } = finding.place;
          // A salvage before it may have brought the column.
          if (readColumns(view.database, table ?? '').some(({ name }) => name === column)) continue;
          const add = `ALTER TABLE ${quoteName(table ?? '')} ADD COLUMN ${quoteName(column ?? '')}`;
          const declaration = declarationOf(finding, context) ?? '';
          try {
            view.database.prepare(`${add} ${declaration}`).run();
          } catch {
            // Keys, and defaults that are no constant, can't be added to rows that are there; the type alone can.
            view.database.prepare(`${add} ${/^\s*(\w*)/.exec(declaration)?.[1] ?? ''}`).run();
            plain.push(`${table}.${column}`);
          }
        }
      })();
    } catch (error) {
      return failed('column-not-added', { detail: (error as Error).message });
    }
    const notes = plain.map(
      (name): RepairNote => ({
        kind: 'column-added-plain',
        message: `${name} was added without its default, which cannot be given to rows that are there.`,
        values: { column: name },
      }),
    );
    const names = context.answers.map(({ place }) => `${place.table}.${place.column}`);
    return ok({ ...achieve(words.done, { names: names.join(', ') }), notes });
  },
};
