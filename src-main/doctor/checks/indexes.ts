import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/doctor/examination.ts';
import type { FindingKind } from '../../contract/words/findings.ts';
import { compareIndex, type Differences, findContradictions } from '../examine/contradictions.ts';
import { sortMessages } from '../examine/integrity-messages.ts';
import { readOwners } from '../examine/owners.ts';
import { type LiveTable, readTables } from '../examine/schema.ts';
import { breath, type SqlCheck } from './check.ts';
import { isDamage } from './structure.ts';

/** From here on asking of each table costs more than the check itself: where all is well, once is enough. */
const manyTables = 200;

function isWhole(database: Database.Database): boolean {
  try {
    return database.pragma('integrity_check(1)', { simple: true }) === 'ok';
  } catch {
    return false;
  }
}

/** What `structure` does not look at; damaged trees are its business. */
const own: ReadonlySet<string> = new Set(['index-disagrees', 'duplicate-key', 'full-text-damaged']);

/** integrity_check table by table: every index entry against its row and back, full-text indexes included. */
export const indexes: SqlCheck = {
  id: 'indexes',
  title: 'Indexes',
  needs: 'sql',
  isSlow: true,
  *find({ checkable: { database, unjudged } }) {
    const owners = readOwners(database);
    const tables = readTables(database);
    if (tables.length > manyTables && unjudged.size === 0 && isWhole(database)) return;
    for (const table of tables) {
      if (table.isShadow) continue;
      yield breath;
      const { name } = table;
      try {
        const rows = database.pragma(`integrity_check('${name.replaceAll("'", "''")}')`) as Record<string, unknown>[];
        const texts = rows.map((row) => String(Object.values(row)[0]));
        const found = sortMessages(texts, 'indexes', owners);
        const isUnjudged = ({ place }: Finding): boolean => unjudged.has(place.index?.toLowerCase() ?? '');
        for (const finding of found)
          if (own.has(finding.kind) && !isUnjudged(finding))
            yield { ...finding, place: { table: name, ...finding.place } };
        if (found.some((one) => one.kind === 'index-disagrees' && !isUnjudged(one)))
          yield* rowsInQuestion(database, table, found);
        else yield* unjudgedIndexes(database, table, unjudged, found);
      } catch (error) {
        if (!isDamage(error)) throw error;
        yield {
          kind: 'comparison-stopped',
          check: 'indexes',
          severity: 'critical',
          place: { table: name },
          message: `Comparing the indexes of ${name} with the table stopped at damage (${(error as Error).message}).`,
          values: { detail: (error as Error).message },
        };
        // One index stopped it; the others may still know better than the rows.
        yield* rowsInQuestion(database, table, []);
      }
    }
  },
};

/** Whether the rows are in question too, or the index alone. An index with damaged pages is no witness. */
function* rowsInQuestion(
  database: Database.Database,
  table: LiveTable,
  found: readonly Finding[],
): Iterable<Finding | typeof breath> {
  const damaged = new Set(found.flatMap(({ kind, place }) => (kind === 'index-damaged' ? [place.index] : [])));
  const compared: Differences[] = [];
  for (const index of indexNames(database, table)) {
    if (damaged.has(index)) continue;
    yield breath;
    const differences = compareIndex(database, table, index);
    if (differences !== null) compared.push(differences);
  }
  const { rows, missing } = findContradictions(compared);
  const finding = (kind: FindingKind, keys: readonly string[], message: string): Finding => ({
    kind,
    check: 'indexes',
    severity: 'critical',
    place: { table: table.name, ...(!table.isWithoutRowid && { rowid: Number(keys[0]) }) },
    message,
    count: keys.length,
  });
  if (rows.length > 0)
    yield finding('rows-contradicted', rows, `Rows of ${table.name} are not what its indexes say they are.`);
  if (missing.length > 0)
    yield finding('rows-missing', missing, `Indexes of ${table.name} name rows that the table does not have.`);
}

/** Their order is the application's; that they hold the rows' values and no others can be seen without it. */
function* unjudgedIndexes(
  database: Database.Database,
  table: LiveTable,
  unjudged: ReadonlySet<string>,
  found: readonly Finding[],
): Iterable<Finding | typeof breath> {
  if (unjudged.size === 0) return;
  const own = indexNames(database, table).filter((name) => unjudged.has(name.toLowerCase()));
  let disagree = false;
  for (const index of own) {
    yield breath;
    const differences = compareIndex(database, table, index);
    if (differences === null || differences.rows.size + differences.entries.size === 0) continue;
    disagree = true;
    yield {
      kind: 'index-disagrees',
      check: 'indexes',
      severity: 'critical',
      place: { table: table.name, index },
      message: `The index ${index} does not agree with its table.`,
      count: Math.max(differences.rows.size, differences.entries.size),
    };
  }
  if (disagree) yield* rowsInQuestion(database, table, found);
}

/** Without the key of a table without rowids: that is the table itself. */
const indexNames = (database: Database.Database, { name, isWithoutRowid }: LiveTable): string[] =>
  database
    .prepare("SELECT name FROM pragma_index_list(?) WHERE NOT (origin = 'pk' AND ?)")
    .pluck()
    .all(name, isWithoutRowid ? 1 : 0) as string[];
