/** Tables that hold another table's rows: their own index names none of these, and an index of the other one names all of them. */
import type { IndexSums } from './index-evidence.ts';
import type { SalvageNote } from './salvage-types.ts';
import type { TableWriter } from './table-writer.ts';

/** Of rows or entries: how many, and the sum of their hashes. */
export interface Total {
  readonly count: number;
  readonly sum: number;
}

/** A whole index that disagrees with the table it belongs to. */
export interface Dispute {
  /** Of the table's record, those that the index repeats. */
  readonly fields: string;
  readonly rows: Total;
  readonly entries: Total;
}

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
 * Two roots that changed places, of the tables or of the indexes: the file can't tell which, unless another index vouches for the rows.
 * Whose they may be is told; where they belong is the user's to say.
 */
export function putStrangersAside(suspects: readonly Suspect[], notes: SalvageNote[]): void {
  for (const { writer, findings } of suspects.filter(({ findings: { confirmed } }) => confirmed === 0))
    for (const { fields, rows } of findings.disputes) {
      const owner = suspects.find(
        (other) =>
          other.writer !== writer &&
          other.findings.disputes.some((one) => one.fields === fields && isSame(one.entries, rows)),
      );
      if (owner === undefined) continue;
      writer.moveAll('index-disagrees');
      notes.push(strangers(rows.count, writer.table.name, owner.writer.table.name));
      break;
    }
}

const strangers = (rows: number, table: string, owner: string): SalvageNote => ({
  kind: 'rows-of-another',
  message: `The ${rows} rows found as those of ${table} are the ones that an index of ${owner} names; they were put aside.`,
  values: { rows, table, owner },
});
