import type { ColumnModel, IndexModel, KeyPart, TableModel } from './table-model.ts';

/** What records have to look like: the rows of a table, or the entries of an index. */
export interface RecordShape extends Pick<TableModel, 'columns' | 'fields' | 'leastFields' | 'rowidColumn'> {
  /** Fields that can hold nothing but an integer: the rowid in an entry. */
  readonly rowidFields?: ReadonlySet<number>;
  /** Of entries: the same for two indexes that hold the very same ones. */
  readonly source?: string;
}

/** An index page looks like a page of a table without rowids that has the index's columns. */
export function shapeOfEntries(table: TableModel, { fields }: IndexModel): RecordShape {
  const isRowid = ({ column }: KeyPart): boolean => column === -1 || column === table.rowidColumn;
  return {
    columns: fields.map((part): ColumnModel => {
      const { affinity = 'BLOB', isNotNull = false } = table.columns[part.column] ?? {};
      const own = isRowid(part) ? ({ affinity: 'INTEGER', isNotNull: true } as const) : { affinity, isNotNull };
      return { name: '', generated: 'no', fallback: null, ...own };
    }),
    fields: fields.map((_, field) => field),
    leastFields: fields.length,
    rowidColumn: -1,
    source: [table.name, ...fields.map(({ column }) => column)].join('\0'),
    rowidFields: new Set(fields.flatMap((part, field) => (isRowid(part) ? [field] : []))),
  };
}
