/**
 * Tables that hold another table's rows: their own index names none of these, and an index of the other one names all
 * of them.
 */

import type { SalvageNote } from '../../salvage-types.ts';
import type { TableWriter } from '../../write/table-writer.ts';
import type { Dispute, Total } from './index-findings.ts';
import type { IndexSums } from './index-sums.ts';

/** Before the entries are subtracted. */
export const totalOf = ({ sums, counts }: Pick<IndexSums, 'sums' | 'counts'>): Total => ({
  count: counts.reduce((all, one) => all + one, 0),
  sum: sums.reduce((all, one) => (all + one) | 0, 0),
});

export const isSame = (one: Total, other: Total): boolean => one.count === other.count && one.sum === other.sum;

interface Suspect {
  readonly writer: TableWriter;
  readonly findings: { readonly disputes: readonly Dispute[]; readonly confirmed: number };
}

/**
 * Two roots that changed places, of the tables or of the indexes: the file can't tell which, unless another index
 * vouches for the rows. Whose they may be is reported; where they belong is the user's to say.
 */
export function putAsideRowsOfOtherTables(suspects: readonly Suspect[], notes: SalvageNote[]): void {
  for (const { writer, findings } of suspects.filter(({ findings: { confirmed } }) => confirmed === 0))
    for (const { fields, rows } of findings.disputes) {
      const owner = suspects.find(
        (other) =>
          other.writer !== writer &&
          other.findings.disputes.some((one) => one.fields === fields && isSame(one.entries, rows)),
      );
      if (owner === undefined) continue;
      writer.moveAll('index-disagrees');
      notes.push(rowsOfAnother(rows.count, writer.table.name, owner.writer.table.name));
      break;
    }
}

const rowsOfAnother = (rows: number, table: string, owner: string): SalvageNote => ({
  kind: 'rows-of-another',
  message: `The ${rows} rows found as those of ${table} are the ones that an index of ${owner} names; they were put aside.`,
  values: { rows, table, owner },
});
