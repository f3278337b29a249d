/**
 * What is asked of an open database: a timed query, its schema, the rows of chosen tables, and a check when it is due.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { isIntegrityAdvice } from '../../contract/doctor/integrity-advice.ts';
import { systemClock } from '../../platform/clock.ts';
import type { QuickCheck, SqliteLook, SqliteQuestion } from './sqlite-report.ts';

interface Circumstances {
  /** False while holding a lock for more than moments would stand in a writer's way. */
  readonly mayTakeLong: boolean;
  readonly fileBytes: number;
}

/** Rows of the user's own query that are fetched at most. */
const maxRows = 1_000;
/** Among so many lines there is one of damage, if there is any. */
const maxLines = 100;
const lacksItsApplication = /^no such (?:function|collation sequence|module|tokenizer)|^unknown tokenizer/i;
/** Slow disks check this much a second; faster ones are only quicker than foretold. */
const checkedBytesPerSecond = 50 * 1_048_576;

export function lookInto(database: Database, question: SqliteQuestion, now: Circumstances): SqliteLook {
  const began = systemClock.monotonic();
  const schema = database
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
    .all() as SchemaRow[];
  let probeSeconds = (systemClock.monotonic() - began) / 1_000;
  if (question.query !== undefined && question.mayRunForeignSql) probeSeconds = timeQuery(database, question.query);

  const tables = new Map(
    schema.filter(({ type }) => type === 'table' || type === 'view').map(({ name }) => [name.toLowerCase(), name]),
  );
  const missingTables: string[] = [];
  const missingColumns: string[] = [];
  for (const { table, columns } of question.expected) {
    const found = tables.get(table.toLowerCase());
    if (found === undefined) missingTables.push(table);
    else {
      const present = new Set(columnsOf(database, found).map((name) => name.toLowerCase()));
      for (const column of columns) if (!present.has(column.toLowerCase())) missingColumns.push(`${table}.${column}`);
    }
  }
  const plain = new Set(schema.filter(isPlainTable).map(({ name }) => name));
  const rows: Record<string, number> = {};
  let isForeignSqlWanted = false;
  if (now.mayTakeLong)
    for (const table of question.tables) {
      const found = tables.get(table.toLowerCase());
      if (found !== undefined && !plain.has(found) && !question.mayRunForeignSql) isForeignSqlWanted = true;
      else if (found !== undefined)
        rows[table] = database
          .prepare(`SELECT count(*) FROM ${quoted(found)}`)
          .pluck()
          .get() as number;
    }
  const { quickCheckWithin } = question;
  return {
    probeSeconds,
    rows,
    missingTables,
    missingColumns,
    fingerprint: createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16),
    tableCount: tables.size,
    pages: database.pragma('page_count', { simple: true }) as number,
    freePages: database.pragma('freelist_count', { simple: true }) as number,
    ...(quickCheckWithin !== undefined && { quickCheck: quickCheck(database, quickCheckWithin, now) }),
    ...(isForeignSqlWanted && { isForeignSqlWanted }),
  };
}

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/** Counting one reads pages and no more; a view may be a recursion without end. */
const isPlainTable = ({ type, sql }: SchemaRow): boolean =>
  type === 'table' && !/^\s*CREATE\s+VIRTUAL\b/i.test(sql ?? '');

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const columnsOf = (database: Database, table: string): readonly string[] =>
  database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];

function timeQuery(database: Database, sql: string): number {
  const began = systemClock.monotonic();
  const statement = database.prepare(sql);
  if (!statement.reader || !statement.readonly) throw new Error('the query of a target must only read');
  let rows = 0;
  for (const _ of statement.iterate()) {
    rows += 1;
    if (rows >= maxRows) break;
  }
  return (systemClock.monotonic() - began) / 1_000;
}

/** Nothing can stop a check once it runs, so one that would take too long is not begun. */
function quickCheck(database: Database, withinSeconds: number, { mayTakeLong, fileBytes }: Circumstances): QuickCheck {
  if (!mayTakeLong)
    return { verdict: 'unknown', message: 'It is being written to, and a check would hold up its writer' };
  const foretold = Math.ceil(fileBytes / checkedBytesPerSecond);
  if (foretold > withinSeconds)
    return {
      verdict: 'unknown',
      message: `A check would take up to ${foretold} s, and ${withinSeconds} s are allowed`,
    };
  const lines: string[] = [];
  try {
    for (const line of database.prepare(`PRAGMA quick_check(${maxLines})`).pluck().iterate()) lines.push(String(line));
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    // What only its application has: the doctor examines such a database without it.
    if (lacksItsApplication.test(message))
      return { verdict: 'unknown', message: `It needs its application: ${message}` };
    // The check itself stopped at the damage.
    if (code?.startsWith('SQLITE_CORRUPT') !== true) throw error;
    lines.push(message);
  }
  // Advice, as the doctor sees it, too, is no damage.
  const damage = lines
    .flatMap((line) => line.split('\n'))
    .find((line) => line !== 'ok' && line !== '' && !line.startsWith('***') && !isIntegrityAdvice(line));
  return damage === undefined ? { verdict: 'ok' } : { verdict: 'damaged', message: damage };
}
