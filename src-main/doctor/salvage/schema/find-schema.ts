/**
 * Gathers CREATE statements: from the file's own sqlite_schema, wherever its pages still are, and from the sources at
 * hand.
 */

import Database from 'better-sqlite3';
import type { SchemaOrigin } from '../../../contract/doctor/report.ts';
import { pageType } from '../../sqlite-file/btree-page.ts';
import type { Tree } from '../read/forest.ts';
import { verdictCode } from '../read/page-map.ts';
import { PageVisitor } from '../read/page-visitor.ts';
import type { SalvageNote, SchemaSources, SchemaStatement } from '../salvage-types.ts';
import type { Session } from '../session.ts';
import { carveSchemaRecords } from './carve-schema.ts';
import type { RawStatement } from './table-model.ts';

export interface FoundSchema {
  readonly statements: readonly RawStatement[];
  /** Nothing of sqlite_schema is missing: objects that only other sources know do not belong to this file. */
  readonly isWhole: boolean;
}

const types = new Set(['table', 'index', 'view', 'trigger']);

export function findSchema(session: Session, sources: SchemaSources): FoundSchema {
  const { map, forest } = session;
  const tree: Tree | undefined = map.isTree(1) ? forest.follow(1, true) : undefined;
  const own: RawStatement[] = [];
  let isWhole = tree?.isWhole === true;
  const visitor = new PageVisitor(session);
  for (const leaf of tree?.leaves ?? []) if (!readStatements(session, visitor, leaf, own)) isWhole = false;
  if (!isWhole) {
    // Leaves of a schema whose upper pages are gone.
    for (let page = 2; page <= map.count; page += 1) {
      if (map.owner[page] !== 0 || map.isFree[page] === 1 || map.type[page] !== 13) continue;
      if (map.verdict[page] === verdictCode.inconsistent) continue;
      const found: RawStatement[] = [];
      readStatements(session, visitor, page, found);
      if (found.length > 0 && found.length >= (map.cells[page] as number) - 1) {
        own.push(...found);
        map.owner[page] = tree?.number ?? -1;
      }
    }
  }
  // Where an entry is there in two versions, what a cell leads to is the newer one.
  if (!isWhole) {
    const known = new Set(own.map(({ type, name }) => `${type} ${name.toLowerCase()}`));
    for (const statement of carveStatements(session))
      if (!known.has(`${statement.type} ${statement.name.toLowerCase()}`)) own.push(statement);
  }
  const statements = new Map<string, RawStatement>();
  const add = (statement: RawStatement): void => {
    const key = `${statement.type} ${statement.name.toLowerCase()}`;
    const present = statements.get(key);
    if (present === undefined) statements.set(key, statement);
    // What the file says counts, but one damaged character in it, or its lost end, shows against a source that is
    // whole.
    else if (
      present.origin === 'sqlite_schema' &&
      (isAlmost(present.sql, statement.sql) || isCut(present.sql, statement.sql))
    )
      statements.set(key, { ...statement, ...(present.rootPage !== undefined && { rootPage: present.rootPage }) });
    else if (present.rootPage === undefined && statement.rootPage !== undefined)
      statements.set(key, { ...present, rootPage: statement.rootPage });
  };
  for (const statement of own) add(statement);
  for (const statement of otherSources(session, sources)) {
    const key = `${statement.type} ${statement.name.toLowerCase()}`;
    if (!isWhole || statements.has(key)) add(statement);
  }
  return { statements: [...statements.values()], isWhole: isWhole && own.length > 0 };
}

/** Reads the statements on one page; false where a row of it is damaged. */
function readStatements(session: Session, visitor: PageVisitor, number: number, into: RawStatement[]): boolean {
  const { reader } = session;
  if (!visitor.open(number)) return false;
  let isWhole = visitor.page.verdict === 'consistent';
  for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
    const doubt = reader.read(visitor.page, visitor.bytes, cell);
    const statement = statementOf(session);
    if (statement === undefined || doubt !== undefined) isWhole = false;
    if (statement !== undefined) into.push(statement);
  }
  return isWhole;
}

/** On a first page whose cells are not all to be followed. */
function carveStatements(session: Session): RawStatement[] {
  const { reader, source } = session;
  const view = source.read(1);
  if (view === undefined || view.length < source.usable) return [];
  const bytes = Buffer.from(view);
  return carveSchemaRecords(bytes, source.usable, firstPageHeaderBytes).flatMap(
    ({ start, length, local, overflow }) => {
      const doubt = reader.readAt(bytes, start, length, local, overflow);
      const statement = doubt === undefined ? statementOf(session) : undefined;
      return statement === undefined ? [] : [statement];
    },
  );
}

const firstPageHeaderBytes = 100;

/** The reader's record as an entry of the schema. */
function statementOf({ reader, map }: Session): RawStatement | undefined {
  if (reader.record.count < 5) return undefined;
  const type = reader.value(0, 'TEXT');
  const name = reader.value(1, 'TEXT');
  const table = reader.value(2, 'TEXT');
  const root = reader.value(3, 'INTEGER');
  const sql = reader.value(4, 'TEXT');
  const isPlausible =
    typeof type === 'string' &&
    types.has(type) &&
    typeof name === 'string' &&
    typeof table === 'string' &&
    (sql === null || (typeof sql === 'string' && /^create\s/i.test(sql)));
  if (!isPlausible) return undefined;
  const rootPage = typeof root === 'number' && root > 1 && root <= map.count ? root : undefined;
  return {
    type: type as RawStatement['type'],
    name: name as string,
    table: table as string,
    sql: (sql ?? '') as string,
    origin: 'sqlite_schema',
    ...(rootPage !== undefined && { rootPage }),
  };
}

function otherSources(session: Session, sources: SchemaSources): RawStatement[] {
  const from = (statements: readonly SchemaStatement[] | undefined, origin: SchemaOrigin): RawStatement[] =>
    withoutStaleRoots(session, statements ?? []).map((statement) => ({ ...statement, origin }));
  return [
    ...from(sources.learned, 'learned'),
    ...from(sources.backup === undefined ? undefined : schemaOf(sources.backup, session.notes), 'backup'),
    ...from(sources.profile, 'profile'),
  ];
}

/**
 * Roots move: after VACUUM the page that began one table may begin another of the same shape. So what a source says of
 * them is believed as a whole, or where one of them can't be a root, not at all.
 */
function withoutStaleRoots(
  { map, forest }: Session,
  statements: readonly SchemaStatement[],
): readonly SchemaStatement[] {
  if (statements.every(({ rootPage }) => rootPage === undefined)) return statements;
  const roots = new Set(forest.orphanRoots());
  const isStale = ({ type, rootPage: root = 0 }: SchemaStatement): boolean => {
    if (root < 2) return false;
    if (root > map.count) return true;
    if (!map.isTree(root) || map.verdict[root] === verdictCode.inconsistent) return false;
    const isTable = map.type[root] === pageType.leafTable || map.type[root] === pageType.interiorTable;
    return map.isFree[root] === 1 || (map.owner[root] === 0 && !roots.has(root)) || (type === 'index' && isTable);
  };
  if (!statements.some(isStale)) return statements;
  return statements.map(({ rootPage: _, ...statement }) => statement);
}

/** The schema of a whole database, its root pages included. */
function schemaOf(path: string, notes: SalvageNote[]): SchemaStatement[] {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const rows = db
        .prepare(
          'SELECT type, name, tbl_name AS "table", coalesce(sql, \'\') AS sql, rootpage AS rootPage FROM sqlite_schema ORDER BY rowid',
        )
        .all() as SchemaStatement[];
      return rows.filter((row) => types.has(row.type) && typeof row.name === 'string');
    } finally {
      db.close();
    }
  } catch (error) {
    notes.push({
      kind: 'backup-unusable',
      message: `The backup could not be read: ${(error as Error).message}.`,
      values: { detail: (error as Error).message },
    });
    return [];
  }
}

/** The beginning of a text that another source has whole. */
const isCut = (one: string, other: string): boolean =>
  one.length < other.length && one.trim() !== '' && other.startsWith(one.trimEnd());

/** Same length and at most two characters apart. */
function isAlmost(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  let apart = 0;
  for (let at = 0; at < one.length && apart <= 2; at += 1) if (one[at] !== other[at]) apart += 1;
  return apart <= 2;
}
