/**
 * What a known kind of database should look like: data, so that the knowledge base is a profile and not a special case.
 */

interface ColumnProfile {
  readonly name: string;
  /**
   * The declaration behind the name, as in CREATE TABLE: type, NOT NULL, DEFAULT …; what ALTER TABLE ADD COLUMN can
   * take.
   */
  readonly declaration: string;
}

export interface TableProfile {
  readonly name: string;
  readonly columns: readonly ColumnProfile[];
}

export interface DatabaseProfile {
  /** Named on the command line (`--profile hakgal`) and in settings. */
  readonly id: string;
  readonly title: string;
  /** File names under which such a database is usually found. */
  readonly fileNames: readonly string[];
  readonly tables: readonly TableProfile[];
  /** The table whose rows are the knowledge: the metric `facts_total` counts it. */
  readonly countedTable?: string;
}

/** The HAK/GAL knowledge base. */
export const hakgalProfile: DatabaseProfile = {
  id: 'hakgal',
  title: 'HAK/GAL knowledge base',
  fileNames: ['hexagonal_kb.db'],
  countedTable: 'facts',
  tables: [
    {
      name: 'facts',
      columns: [
        { name: 'id', declaration: 'INTEGER PRIMARY KEY AUTOINCREMENT' },
        { name: 'statement', declaration: 'TEXT NOT NULL' },
        { name: 'source', declaration: 'TEXT' },
        { name: 'timestamp', declaration: 'TEXT DEFAULT CURRENT_TIMESTAMP' },
        { name: 'tags', declaration: 'TEXT' },
        { name: 'confidence', declaration: 'REAL DEFAULT 1.0' },
      ],
    },
    {
      name: 'audit_log',
      columns: [
        { name: 'id', declaration: 'INTEGER PRIMARY KEY AUTOINCREMENT' },
        { name: 'timestamp', declaration: 'TEXT DEFAULT CURRENT_TIMESTAMP' },
        { name: 'operation', declaration: 'TEXT NOT NULL' },
        { name: 'details', declaration: 'TEXT' },
        { name: 'user_id', declaration: 'TEXT' },
        { name: 'session_id', declaration: 'TEXT' },
      ],
    },
  ],
};

export const databaseProfiles: readonly DatabaseProfile[] = [hakgalProfile];

/** The statement that makes a table of a profile. */
export function createTableSql(table: TableProfile): string {
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const columns = table.columns.map((column) => `${quote(column.name)} ${column.declaration}`);
  return `CREATE TABLE ${quote(table.name)} (${columns.join(', ')})`;
}
