/** CREATE statements as tables and indexes with the layout of their records. SQLite itself parses them, in an empty database in memory. */
import Database from 'better-sqlite3';
import type { SchemaOrigin } from '../../contract/doctor.ts';
import type { SqlValue } from './row-reader.ts';
import type { SchemaStatement } from './salvage-types.ts';

export type Affinity = 'TEXT' | 'NUMERIC' | 'INTEGER' | 'REAL' | 'BLOB';

export interface ColumnModel {
  readonly name: string;
  readonly affinity: Affinity;
  readonly isNotNull: boolean;
  readonly generated: 'no' | 'virtual' | 'stored';
  /** What records hold that were written before the column was added; literals only. */
  readonly fallback: SqlValue;
}

export interface KeyPart {
  /** Column of the table; -1 for the rowid, -2 for an expression. */
  readonly column: number;
  readonly collation: string;
  readonly isDescending: boolean;
}

export interface IndexModel {
  readonly name: string;
  readonly table: string;
  /** Absent for the indexes that constraints bring with them. */
  readonly sql?: string;
  readonly isUnique: boolean;
  readonly isPartial: boolean;
  /** In the order of the index's records; the rowid, or what is missing of the primary key, comes last. */
  readonly fields: readonly KeyPart[];
  readonly rootPage?: number;
}

export interface TableModel {
  readonly name: string;
  readonly origin: SchemaOrigin;
  readonly sql: string;
  readonly rootPage?: number;
  readonly columns: readonly ColumnModel[];
  /** Column of each field of a record, in order. */
  readonly fields: readonly number[];
  readonly isWithoutRowid: boolean;
  readonly isStrict: boolean;
  readonly isAutoincrement: boolean;
  /** Column that is the rowid, -1 where none is. */
  readonly rowidColumn: number;
  /** A name under which SQL reaches the rowid, undefined where columns took them all. */
  readonly rowidName: string | undefined;
  /** WITHOUT ROWID: the key that orders its b-tree. */
  readonly key: readonly KeyPart[];
  readonly indexes: readonly IndexModel[];
}

export interface RawStatement extends SchemaStatement {
  readonly origin: SchemaOrigin;
}

export interface SchemaModel {
  readonly tables: readonly TableModel[];
  readonly views: readonly RawStatement[];
  readonly triggers: readonly RawStatement[];
  readonly virtualTables: readonly RawStatement[];
  /** Objects whose text SQLite does not take, with what it said. */
  readonly refused: readonly { readonly statement: RawStatement; readonly reason: string }[];
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Text that a real sqlite_schema holds: one CREATE TABLE with a column list, never `AS SELECT`, which would run. */
export function isPlainCreateTable(sql: string): boolean {
  return /^\s*CREATE\s+TABLE\s+(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|`(?:[^`]|``)*`|[^\s("'[`]+)\s*\(/i.test(sql);
}
export const isVirtualTable = (sql: string): boolean => /^\s*CREATE\s+VIRTUAL\s+TABLE\b/i.test(sql);

export function buildSchema(statements: readonly RawStatement[]): SchemaModel {
  const scratch = new Database(':memory:');
  try {
    scratch.unsafeMode();
    const refused: { statement: RawStatement; reason: string }[] = [];
    const create = (statement: RawStatement): boolean => {
      try {
        scratch.prepare(statement.sql).run();
        return true;
      } catch (error) {
        refused.push({ statement, reason: (error as Error).message });
        return false;
      }
    };
    const virtualTables = statements.filter((one) => one.type === 'table' && isVirtualTable(one.sql));
    const created: RawStatement[] = [];
    for (const statement of statements) {
      if (statement.type !== 'table' || isVirtualTable(statement.sql) || /^sqlite_/i.test(statement.name)) continue;
      if (!isPlainCreateTable(statement.sql)) refused.push({ statement, reason: 'no plain CREATE TABLE' });
      else if (create(statement)) created.push(statement);
    }
    const indexes = new Map<string, RawStatement>();
    for (const statement of statements) {
      if (statement.type !== 'index') continue;
      if (statement.sql === '') indexes.set(statement.name.toLowerCase(), statement);
      else if (!/^\s*CREATE\s+(UNIQUE\s+)?INDEX\b/i.test(statement.sql))
        refused.push({ statement, reason: 'no CREATE INDEX' });
      else if (create(statement)) indexes.set(statement.name.toLowerCase(), statement);
    }
    return {
      tables: created.map((statement) => tableModel(scratch, statement, indexes)).filter((one) => one !== undefined),
      views: statements.filter((one) => one.type === 'view'),
      triggers: statements.filter((one) => one.type === 'trigger'),
      virtualTables,
      refused,
    };
  } finally {
    scratch.close();
  }
}

interface XInfo {
  readonly cid: number;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  readonly hidden: number;
  readonly dflt_value: string | null;
}
interface IndexXInfo {
  readonly cid: number;
  readonly desc: number;
  readonly coll: string;
  readonly key: number;
}

function tableModel(
  scratch: Database.Database,
  statement: RawStatement,
  statements: ReadonlyMap<string, RawStatement>,
): TableModel | undefined {
  const about = scratch.prepare(
    'SELECT name, wr, strict FROM pragma_table_list WHERE schema = ? AND name = ? COLLATE NOCASE',
  );
  const list = about.get('main', statement.name) as { name: string; wr: number; strict: number } | undefined;
  if (list === undefined) return undefined;
  const name = list.name;
  const infos = scratch.prepare('SELECT * FROM pragma_table_xinfo(?)').all(name) as XInfo[];
  const columns = infos.map(
    (info): ColumnModel => ({
      name: info.name,
      affinity: list.strict !== 0 && /^any$/i.test(info.type) ? 'BLOB' : affinityOf(info.type),
      isNotNull: info.notnull !== 0,
      fallback: literal(scratch, info.dflt_value),
      generated: info.hidden === 2 ? 'virtual' : info.hidden === 3 ? 'stored' : 'no',
    }),
  );
  const indexRows = scratch
    .prepare('SELECT name, "unique" AS isUnique, origin, partial FROM pragma_index_list(?)')
    .all(name) as {
    name: string;
    isUnique: number;
    origin: string;
    partial: number;
  }[];
  const partsOf = (index: string): KeyPart[] =>
    (
      scratch.prepare('SELECT cid, "desc" AS "desc", coll, key FROM pragma_index_xinfo(?)').all(index) as IndexXInfo[]
    ).map((one) => ({ column: one.cid, collation: one.coll ?? 'BINARY', isDescending: one.desc !== 0 }));
  const isWithoutRowid = list.wr !== 0;
  const primary = indexRows.find((one) => one.origin === 'pk');
  const keyed = infos.filter((info) => info.pk > 0);
  const only = keyed.length === 1 ? (keyed[0] as XInfo) : undefined;
  // INTEGER PRIMARY KEY is the rowid unless SQLite had to make an index for it (the DESC oddity).
  const rowidColumn =
    !isWithoutRowid && primary === undefined && only !== undefined && /^integer$/i.test(only.type) ? only.cid : -1;
  const stored = infos.filter((info) => info.hidden !== 2).map((info) => info.cid);
  const fields = isWithoutRowid && primary !== undefined ? partsOf(primary.name).map((part) => part.column) : stored;
  const names = new Set(columns.map((column) => column.name.toLowerCase()));
  return {
    name,
    origin: statement.origin,
    sql: statement.sql,
    ...(statement.rootPage !== undefined && { rootPage: statement.rootPage }),
    columns,
    fields,
    isWithoutRowid,
    isStrict: list.strict !== 0,
    isAutoincrement: rowidColumn >= 0 && /\bAUTOINCREMENT\b/i.test(statement.sql),
    rowidColumn,
    rowidName: isWithoutRowid ? undefined : ['rowid', '_rowid_', 'oid'].find((one) => !names.has(one)),
    key: isWithoutRowid && primary !== undefined ? partsOf(primary.name).slice(0, keyed.length) : [],
    indexes: indexRows
      .filter((one) => !(isWithoutRowid && one.origin === 'pk'))
      .map((one): IndexModel => {
        const told = statements.get(one.name.toLowerCase());
        return {
          name: one.name,
          table: name,
          ...(told !== undefined && told.sql !== '' && { sql: told.sql }),
          isUnique: one.isUnique !== 0,
          isPartial: one.partial !== 0,
          fields: partsOf(one.name),
          ...(told?.rootPage !== undefined && { rootPage: told.rootPage }),
        };
      }),
  };
}

/** A default that ALTER TABLE may have filled in; expressions are not run. */
function literal(scratch: Database.Database, text: string | null): SqlValue {
  if (text === null || !/^\s*(?:[+-]?\d+(?:\.\d*)?|[xX]?'(?:[^']|'')*'|true|false)\s*$/i.test(text)) return null;
  return scratch.prepare(`SELECT ${text}`).pluck().safeIntegers().get() as SqlValue;
}

/** The rules of "Determination Of Column Affinity". */
export function affinityOf(type: string): Affinity {
  const upper = type.toUpperCase();
  if (upper.includes('INT')) return 'INTEGER';
  if (upper.includes('CHAR') || upper.includes('CLOB') || upper.includes('TEXT')) return 'TEXT';
  if (upper === '' || upper.includes('BLOB')) return 'BLOB';
  if (upper.includes('REAL') || upper.includes('FLOA') || upper.includes('DOUB')) return 'REAL';
  return 'NUMERIC';
}

/** A table that nobody described: as many columns as its widest record. */
export function inferredTable(number: number, columns: number, isWithoutRowid: boolean, rootPage: number): TableModel {
  const names = Array.from({ length: Math.max(1, columns) }, (_, index) => `c${index + 1}`);
  const name = `table_${number}`;
  return {
    name,
    origin: 'inferred',
    sql: `CREATE TABLE ${quoteName(name)}(${names.join(', ')})`,
    rootPage,
    columns: names.map((column) => ({
      name: column,
      affinity: 'BLOB',
      isNotNull: false,
      generated: 'no',
      fallback: null,
    })),
    fields: names.map((_, index) => index),
    // Written as an ordinary table: which columns were the key is unknown.
    isWithoutRowid,
    isStrict: false,
    isAutoincrement: false,
    rowidColumn: -1,
    rowidName: isWithoutRowid ? undefined : 'rowid',
    key: [],
    indexes: [],
  };
}
