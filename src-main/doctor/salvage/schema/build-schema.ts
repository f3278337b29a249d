/**
 * CREATE statements as tables and indexes with the layout of their records. SQLite itself parses them, in an empty
 * database in memory.
 */

import Database from 'better-sqlite3';
import { type ApplicationName, findApplicationObjects } from '../../application-defined/application-names.ts';
import { singleQuoted, textInDoubleQuotes } from '../../application-defined/double-quotes.ts';
import { runCreate } from '../../application-defined/run-create.ts';
import { standInSql } from '../../application-defined/stand-in.ts';
import { quoteName } from '../../quote-name.ts';
import type { Affinity, SqlValue } from '../read/sql-value.ts';
import type { ColumnModel, IndexModel, KeyPart, RawStatement, SchemaModel, TableModel } from './table-model.ts';
import { applicationCollation } from './table-model.ts';

/** Text that a real sqlite_schema holds: one CREATE TABLE with a column list, never `AS SELECT`, which would run. */
function isPlainCreateTable(sql: string): boolean {
  return /^\s*CREATE\s+TABLE\s+(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|`(?:[^`]|``)*`|[^\s("'[`]+)\s*\(/i.test(sql);
}
const isVirtualTable = (sql: string): boolean => /^\s*CREATE\s+VIRTUAL\s+TABLE\b/i.test(sql);

/** Stands where a collation is missing, so that SQLite says which keys it orders. */
const marker = 'RTRIM';

export function buildSchema(statements: readonly RawStatement[]): SchemaModel {
  const scratch = new Database(':memory:');
  try {
    scratch.unsafeMode();
    const refused: { statement: RawStatement; reason: string }[] = [];
    const needs = new Map(findApplicationObjects(statements).map((one) => [`${one.type} ${one.name}`, one.needs]));
    const needsOf = ({ type, name }: RawStatement): readonly ApplicationName[] => needs.get(`${type} ${name}`) ?? [];
    const doubleQuoted = new Map<RawStatement, ReadonlySet<string>>();
    const create = (statement: RawStatement): boolean => {
      const texts = new Set<string>();
      for (;;)
        try {
          const sql = singleQuoted(statement.sql, texts);
          runCreate(scratch, standInSql(statement.type, sql, needsOf(statement), marker));
          if (texts.size > 0) doubleQuoted.set(statement, texts);
          return true;
        } catch (error) {
          const text = textInDoubleQuotes(error);
          if (text !== undefined && !texts.has(text)) {
            texts.add(text);
            continue;
          }
          refused.push({ statement, reason: (error as Error).message });
          return false;
        }
    };
    const standInOf = (statement: RawStatement): string =>
      standInSql(
        statement.type,
        singleQuoted(statement.sql, doubleQuoted.get(statement) ?? new Set()),
        needsOf(statement),
      );
    const virtualTables = statements.filter((one) => one.type === 'table' && isVirtualTable(one.sql));
    const indexesOf = new Map<string, RawStatement[]>();
    for (const statement of statements) {
      if (statement.type !== 'index') continue;
      const ofTable = indexesOf.get(statement.table.toLowerCase());
      if (ofTable === undefined) indexesOf.set(statement.table.toLowerCase(), [statement]);
      else ofTable.push(statement);
    }
    const tables: TableModel[] = [];
    const queries = layoutQueries(scratch);
    for (const statement of statements) {
      if (statement.type !== 'table' || isVirtualTable(statement.sql) || /^sqlite_/i.test(statement.name)) continue;
      if (!isPlainCreateTable(statement.sql)) refused.push({ statement, reason: 'no plain CREATE TABLE' });
      else if (create(statement)) {
        const own = indexesOf.get(statement.name.toLowerCase()) ?? [];
        indexesOf.delete(statement.name.toLowerCase());
        const indexes = new Map<string, RawStatement>();
        for (const index of own)
          if (index.sql === '') indexes.set(index.name.toLowerCase(), index);
          else if (!/^\s*CREATE\s+(UNIQUE\s+)?INDEX\b/i.test(index.sql))
            refused.push({ statement: index, reason: 'no CREATE INDEX' });
          else if (create(index)) indexes.set(index.name.toLowerCase(), index);
        const model = tableModel(scratch, queries, statement, indexes, needsOf, standInOf);
        if (model !== undefined) tables.push(model);
        // SQLite looks through its whole schema for each object that it makes: one table at a time keeps that short.
        scratch.exec(`DROP TABLE IF EXISTS ${quoteName(statement.name)}`);
      }
    }
    for (const statement of [...indexesOf.values()].flat())
      if (statement.sql !== '') refused.push({ statement, reason: `no such table: main.${statement.table}` });
    return {
      tables,
      views: statements.filter((one) => one.type === 'view'),
      triggers: statements.filter((one) => one.type === 'trigger'),
      virtualTables,
      ofApplication: new Set(
        virtualTables.filter((one) => needsOf(one).length > 0).map(({ name }) => name.toLowerCase()),
      ),
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
}

/** Prepared once: each statement that lives makes every CREATE slower. */
const layoutQueries = (scratch: Database.Database) => ({
  table: scratch.prepare('SELECT name, wr, strict FROM pragma_table_list WHERE schema = ? AND name = ? COLLATE NOCASE'),
  columns: scratch.prepare('SELECT * FROM pragma_table_xinfo(?)'),
  indexes: scratch.prepare('SELECT name, "unique" AS isUnique, origin, partial FROM pragma_index_list(?)'),
  parts: scratch.prepare('SELECT cid, "desc", coll FROM pragma_index_xinfo(?) WHERE key >= ?'),
});

function tableModel(
  scratch: Database.Database,
  queries: ReturnType<typeof layoutQueries>,
  statement: RawStatement,
  statements: ReadonlyMap<string, RawStatement>,
  needsOf: (statement: RawStatement) => readonly ApplicationName[],
  standInOf: (statement: RawStatement) => string,
): TableModel | undefined {
  const list = queries.table.get('main', statement.name) as { name: string; wr: number; strict: number } | undefined;
  if (list === undefined) return undefined;
  const name = list.name;
  const infos = queries.columns.all(name) as XInfo[];
  const columns = infos.map((info): ColumnModel => {
    const affinity = list.strict !== 0 && /^any$/i.test(info.type) ? 'BLOB' : affinityOf(info.type);
    return {
      name: info.name,
      affinity,
      isNotNull: info.notnull !== 0,
      fallback: valueWhenAdded(scratch, affinity, info.dflt_value),
      generated: info.hidden === 2 ? 'virtual' : info.hidden === 3 ? 'stored' : 'no',
    };
  });
  const standIn = standInOf(statement);
  const hasMarkers = [statement, ...statements.values()].some((one) =>
    needsOf(one).some(({ kind }) => kind === 'collation'),
  );
  const indexRows = queries.indexes.all(name) as {
    name: string;
    isUnique: number;
    origin: string;
    partial: number;
  }[];
  const partsOf = (index: string, which: 'all' | 'keys' = 'all'): KeyPart[] =>
    (queries.parts.all(index, which === 'all' ? 0 : 1) as IndexXInfo[]).map((one) => ({
      column: one.cid,
      collation: hasMarkers && one.coll === marker ? applicationCollation : (one.coll ?? 'BINARY'),
      isDescending: one.desc !== 0,
    }));
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
  const unique = new Set(
    indexRows
      .filter((one) => one.origin === 'u')
      .flatMap((one) => partsOf(one.name, 'keys').map((part) => part.column)),
  );
  const isFromTheStart = ({ cid, hidden, pk, notnull, dflt_value }: XInfo): boolean =>
    pk > 0 || hidden === 3 || unique.has(cid) || (notnull !== 0 && dflt_value === null);
  return {
    name,
    origin: statement.origin,
    sql: statement.sql,
    ...(standIn !== statement.sql && { standIn }),
    ...(statement.rootPage !== undefined && { rootPage: statement.rootPage }),
    columns,
    fields,
    leastFields: 1 + fields.findLastIndex((cid) => infos.some((info) => info.cid === cid && isFromTheStart(info))),
    isWithoutRowid,
    isAutoincrement: rowidColumn >= 0 && /\bAUTOINCREMENT\b/i.test(statement.sql),
    rowidColumn,
    rowidName: isWithoutRowid ? undefined : ['rowid', '_rowid_', 'oid'].find((one) => !names.has(one)),
    key: isWithoutRowid && primary !== undefined ? partsOf(primary.name, 'keys') : [],
    indexes: indexRows
      .filter((one) => !(isWithoutRowid && one.origin === 'pk'))
      .map((one): IndexModel => {
        const known = statements.get(one.name.toLowerCase());
        return {
          name: one.name,
          table: name,
          ...(known !== undefined && known.sql !== '' && { sql: known.sql, standIn: standInOf(known) }),
          isOfApplication:
            (known !== undefined && needsOf(known).length > 0) ||
            partsOf(one.name).some(({ collation }) => collation === applicationCollation),
          isUnique: one.isUnique !== 0,
          isPartial: one.partial !== 0,
          fields: partsOf(one.name),
          keys: partsOf(one.name, 'keys'),
          ...(known?.rootPage !== undefined && { rootPage: known.rootPage }),
        };
      }),
  };
}

/** Asked of SQLite itself: added to a table that has a row, it takes constants only. */
function valueWhenAdded(scratch: Database.Database, affinity: Affinity, text: string | null): SqlValue {
  if (text === null) return null;
  const table = 'temp."hakgal: default"';
  try {
    scratch.exec(`CREATE TABLE ${table}(x); INSERT INTO ${table} VALUES (1)`);
    scratch.prepare(`ALTER TABLE ${table} ADD COLUMN value ${affinity} DEFAULT ${text}`).run();
    return scratch.prepare(`SELECT value FROM ${table}`).pluck().safeIntegers().get() as SqlValue;
  } catch {
    return null;
  } finally {
    scratch.exec(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** The rules of "Determination Of Column Affinity". */
function affinityOf(type: string): Affinity {
  const upper = type.toUpperCase();
  if (upper.includes('INT')) return 'INTEGER';
  if (upper.includes('CHAR') || upper.includes('CLOB') || upper.includes('TEXT')) return 'TEXT';
  if (upper === '' || upper.includes('BLOB')) return 'BLOB';
  if (upper.includes('REAL') || upper.includes('FLOA') || upper.includes('DOUB')) return 'REAL';
  return 'NUMERIC';
}
