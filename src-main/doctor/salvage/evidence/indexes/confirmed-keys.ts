/**
 * Rows that claim one key were all put aside. The unique index itself may know which of them it let in: it names a key
 * once, with the rowid of its row.
 */
import { quoteName } from '../../../quote-name.ts';
import type { SqlValue } from '../../read/sql-value.ts';
import type { IndexModel } from '../../schema/table-model.ts';
import { provenanceColumnsOf } from '../../write/target.ts';
import type { Evidence, JudgedTable } from '../evidence.ts';
import { visitEntries } from './index-sums.ts';

export const confirmedKeys: Evidence = {
  id: 'confirmed-keys',
  async *judge(judged) {
    const { writer, indexTrees } = judged;
    const claimants = claimantsIn(judged);
    if (claimants.size === 0) return;
    for (const index of writer.table.indexes) {
      const isKey = index.isUnique && !index.isPartial && index.keys.every(({ column }) => column >= 0);
      if (!isKey || !indexTrees.has(index.name)) continue;
      for (const rowid of await rowidsNamedBy(judged, index, claimants))
        yield { kind: 'row-confirmed', key: { values: [rowid] } };
    }
  },
};

/** Rowids of the rows put aside for what they claim, each of which is there once. */
function claimantsIn({ writer: { table, target, reasons } }: JudgedTable): Set<bigint> {
  const side = target.sideName('doubtful', table);
  if (side === null || table.rowidName === undefined || (reasons.constraint ?? 0) === 0) return new Set();
  const { rowid, reason } = provenanceColumnsOf(table);
  const rowids = target.db
    .prepare(
      `SELECT ${rowid} FROM ${quoteName(side)} WHERE ${reason} = 'constraint' AND typeof(${rowid}) = 'integer'
       GROUP BY 1 HAVING count(*) = 1`,
    )
    .pluck()
    .safeIntegers();
  return new Set(rowids.all() as bigint[]);
}

async function rowidsNamedBy(
  { session, writer: { table, target }, indexTrees, pause }: JudgedTable,
  index: IndexModel,
  claimants: ReadonlySet<bigint>,
): Promise<bigint[]> {
  const { reader } = session;
  const { rowid, reason } = provenanceColumnsOf(table);
  const columns = index.keys.map(({ column }) => table.columns[column] as { name: string });
  const same = target.db.prepare(
    `SELECT 1 FROM ${quoteName(target.sideName('doubtful', table) as string)}
     WHERE ${rowid} = ? AND ${reason} = 'constraint'
     AND (${columns.map(({ name }) => `${quoteName(name)} COLLATE BINARY`).join(', ')})
     IS (${columns.map(() => '?').join(', ')})`,
  );
  const named: bigint[] = [];
  const tree = indexTrees.get(index.name);
  if (tree === undefined) return named;
  await visitEntries(tree, reader, index.keys.length + 1, pause, () => {
    const id = BigInt(reader.value(index.keys.length, 'INTEGER') as number | bigint);
    if (!claimants.has(id)) return true;
    const values = index.keys.map(
      ({ column }, field): SqlValue => reader.value(field, table.columns[column]?.affinity ?? 'BLOB', true),
    );
    if (same.get(id, ...values) !== undefined) named.push(id);
    return true;
  });
  return named;
}
