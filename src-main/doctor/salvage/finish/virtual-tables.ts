/**
 * Virtual tables come back over their own tables. Full-text ones whose tables no longer agree are built again from
 * their content. One that can't work over what is left of them would make every later look at the new database fail:
 * it is made anew, and its old tables are kept aside.
 */

import { quoteName } from '../../quote-name.ts';
import type { SalvageNote } from '../salvage-types.ts';
import type { RawStatement, SchemaModel } from '../schema/table-model.ts';
import type { Target } from '../write/target.ts';
import { refillFullText } from './refill-full-text.ts';
import { refillRtree } from './refill-rtree.ts';

export function addVirtualTables(schema: SchemaModel, target: Target, notes: SalvageNote[]): void {
  for (const statement of schema.virtualTables) {
    const { name } = statement;
    const refusal = target.attempt(() =>
      takeOver(statement, schema.ofApplication.has(name.toLowerCase()), target, notes),
    );
    if (refusal === undefined) continue;
    const detail = refusal;
    if (target.attempt(() => makeAnew(statement, refusal, target, notes)) !== undefined)
      notes.push({
        kind: 'virtual-table-not-created',
        message: `The virtual table ${name} was not created: ${detail}. What was in its own tables (${name}_…) is there.`,
        values: { name, detail },
      });
  }
}

function takeOver(statement: RawStatement, isOfApplication: boolean, target: Target, notes: SalvageNote[]): void {
  const { name, sql } = statement;
  const reason = target.addVirtualTable(statement);
  if (reason !== undefined) throw new Error(reason);
  // Nobody here can look into it: its own tables are as they were.
  if (isOfApplication) return;
  if (isFullText(sql)) {
    if (checkFullText(name, sql, target))
      notes.push({
        kind: 'full-text-rebuilt',
        message: `The full-text index ${name} was built again from its rows.`,
        values: { name },
      });
    return;
  }
  const [verdict] = target.db
    .prepare(`PRAGMA integrity_check(${quoteName(name)})`)
    .pluck()
    .all() as string[];
  if (verdict !== 'ok') throw new Error(verdict?.split('\n', 1)[0]);
}

const isFullText = (sql: string): boolean => /\bUSING\s+fts[345]\b/i.test(sql);

/** Returns whether it had to be built again. */
function checkFullText(name: string, sql: string, target: Target): boolean {
  const command = (text: string): void =>
    void target.db.prepare(`INSERT INTO ${quoteName(name)}(${quoteName(name)}) VALUES (?)`).run(text);
  try {
    command('integrity-check');
    return false;
  } catch {
    // Without its version FTS5 refuses even to rebuild.
    const config = `${name}_config`;
    if (/\bfts5\b/i.test(sql) && target.has(config))
      target.db.prepare(`INSERT OR IGNORE INTO ${quoteName(config)}(k, v) VALUES ('version', 4)`).run();
    command('rebuild');
    command('integrity-check');
    return true;
  }
}

function makeAnew(statement: RawStatement, refusal: string, target: Target, notes: SalvageNote[]): void {
  const { name, sql } = statement;
  const kept = target.keepOwnTables(statement);
  target.db.prepare(sql).run();
  const rows = /\bUSING\s+rtree(?:_i32)?\b/i.test(sql)
    ? refillRtree(name, /\brtree_i32\b/i.test(sql), kept, target.db)
    : isFullText(sql)
      ? refillFullText(name, sql, kept, target.db)
      : 0;
  if (isFullText(sql) && rows > 0 && rows === target.rowsOf(kept.get(`${name}_content`))) {
    // Every text is in the new one: what else the old tables held was made from them.
    for (const table of kept.values()) target.db.exec(`DROP TABLE ${quoteName(table)}`);
    kept.clear();
  }
  notes.push({
    kind: 'virtual-table-made-anew',
    message:
      `The virtual table ${name} was made anew, with ${rows} rows: its own tables no longer agree (${refusal}). ` +
      (kept.size === 0 ? 'All its texts are in it.' : `They are kept as ${[...kept.values()].join(', ')}.`),
    values: { name, rows, detail: refusal },
  });
}
