import type { SqlCheck } from './check.ts';

/** In a small database every plan is fast. */
const notablePages = 250;

/** Without ANALYZE the planner guesses which index to take; it matters once a database has several. */
export const statistics: SqlCheck = {
  id: 'statistics',
  title: 'Planner statistics',
  needs: 'sql',
  *find({ database }) {
    const count = (sql: string): number => database.prepare(sql).pluck().get() as number;
    const indexes = count(`SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`);
    if (indexes < 2 || (database.pragma('page_count', { simple: true }) as number) < notablePages) return;
    if (count(`SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'`) > 0) return;
    yield {
      kind: 'no-statistics',
      check: 'statistics',
      severity: 'info',
      place: {},
      message: 'The database was never analysed; queries may take the wrong index.',
    };
  },
};
