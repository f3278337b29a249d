/** The schema of each database as it was when it last passed every check. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Baseline } from './examine/expected.ts';
import { fingerprint, readSchema, readTables } from './examine/schema.ts';
import { keyOf, type Places } from './flow/operation/places.ts';

const baselineSchema = z.object({
  file: z.string(),
  at: z.number(),
  fingerprint: z.string(),
  statements: z.array(
    z.object({
      type: z.enum(['table', 'index', 'view', 'trigger']),
      name: z.string(),
      table: z.string(),
      sql: z.string(),
      rootPage: z.number().optional(),
    }),
  ),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
});

const pathOf = (places: Places, file: string): string => join(places.baselines, `${keyOf(file)}.json`);

/** null where none was learned, or the note itself is damaged. */
export function readBaseline(places: Places, file: string): Baseline | null {
  try {
    const parsed = baselineSchema.parse(JSON.parse(readFileSync(pathOf(places, file), 'utf8')));
    return {
      ...parsed,
      statements: parsed.statements.map(({ rootPage, ...one }) => ({
        ...one,
        ...(rootPage !== undefined && { rootPage }),
      })),
    };
  } catch {
    return null;
  }
}

export function learnBaseline(places: Places, file: string, database: Database.Database, at: number): Baseline {
  const statements = readSchema(database).filter(({ name }) => !name.startsWith('hakgal_'));
  const baseline: Baseline = {
    file,
    at,
    fingerprint: fingerprint(statements),
    statements,
    tables: readTables(database)
      .filter(({ isShadow, name }) => !isShadow && !name.startsWith('hakgal_'))
      .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
  };
  mkdirSync(places.baselines, { recursive: true, mode: 0o700 });
  const path = pathOf(places, file);
  writeFileSync(`${path}.new`, JSON.stringify(baseline), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return baseline;
}
