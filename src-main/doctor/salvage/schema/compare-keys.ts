import type { SqlValue } from '../read/sql-value.ts';
import type { KeyPart } from './table-model.ts';
/** SQLite's order of keys: NULL, numbers, text by collation, blobs. */

export function compareKeys(one: readonly SqlValue[], other: readonly SqlValue[], parts: readonly KeyPart[]): number {
  for (const [index, part] of parts.entries()) {
    // A collation that an application brought can't be judged here.
    if (!/^(binary|nocase|rtrim)$/i.test(part.collation)) return -1;
    const order = compareValues(one[index] ?? null, other[index] ?? null, part.collation.toLowerCase());
    if (order !== 0) return part.isDescending ? -order : order;
  }
  return 0;
}

const rank = (value: SqlValue): number =>
  value === null ? 0 : typeof value === 'string' ? 2 : typeof value === 'object' ? 3 : 1;

function compareValues(one: SqlValue, other: SqlValue, collation: string): number {
  const ranks = rank(one) - rank(other);
  if (ranks !== 0 || one === null || other === null) return ranks;
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(collate(one, collation)), Buffer.from(collate(other, collation)));
  if (typeof one === 'object' && typeof other === 'object') return Buffer.compare(one, other);
  return one < other ? -1 : one > other ? 1 : 0;
}

function collate(text: string, collation: string): string {
  if (collation === 'nocase') return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return collation === 'rtrim' ? text.replace(/ +$/, '') : text;
}
