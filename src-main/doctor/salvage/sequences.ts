/** Reads sqlite_sequence: the largest rowid ever given in each AUTOINCREMENT table. */
import type { SqlValue } from './row-reader.ts';
import type { RawStatement } from './schema-model.ts';
import { PageVisitor, type Session } from './session.ts';

export function readSequences(session: Session, statements: readonly RawStatement[]): Map<string, SqlValue> {
  const told = new Map<string, SqlValue>();
  const statement = statements.find((one) => one.name === 'sqlite_sequence');
  const root = statement?.rootPage;
  if (root === undefined || session.map.type[root] !== 13) return told;
  const visitor = new PageVisitor(session);
  if (!visitor.open(root) || visitor.page.verdict === 'inconsistent') return told;
  for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
    if (visitor.page.flaws[cell] !== 0 || session.reader.read(visitor.page, visitor.bytes, cell) !== undefined)
      continue;
    if (session.reader.record.count !== 2) continue;
    const name = session.reader.value(0, 'TEXT');
    const sequence = session.reader.value(1, 'INTEGER');
    if (typeof name === 'string') told.set(name.toLowerCase(), sequence);
  }
  return told;
}
