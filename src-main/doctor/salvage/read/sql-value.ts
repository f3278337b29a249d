/** A value as SQLite stores it, and what a column makes of the values it is given. */
export type SqlValue = number | bigint | string | Buffer | null;
export type Affinity = 'TEXT' | 'NUMERIC' | 'INTEGER' | 'REAL' | 'BLOB';
