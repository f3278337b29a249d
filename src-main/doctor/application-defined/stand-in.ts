/**
 * A CREATE text without what only the application has, of the same length: the database can then be checked and written
 * with it, and later gets its own text back. The rows lie the same way under both.
 */
import { type ApplicationName, isWord } from './application-names.ts';
import { closingOf, type Token, tokensOf } from './sql-tokens.ts';

/** `collation`: what takes the place of one that is missing; nothing means the column's own, BINARY in the end. */
export function standInSql(type: string, sql: string, needs: readonly ApplicationName[], collation = ''): string {
  const tokens = tokensOf(sql);
  const missing = (kind: ApplicationName['kind']): Set<string> =>
    new Set(needs.filter((one) => one.kind === kind).map(({ name }) => name.toLowerCase()));
  const [collations, functions] = [missing('collation'), missing('function')];
  const cuts: Cut[] = [];
  const isMissing = (token: Token | undefined): boolean => token?.kind === 'word' && functions.has(token.lower);
  const callsMissing = (from: number, to: number): boolean => tokens.slice(from, to).some(isMissing);
  for (let at = 0; at < tokens.length; at += 1) {
    const name = tokens[at + 1];
    if (isWord(tokens[at], 'collate') && name !== undefined && collations.has(name.lower))
      cuts.push({ from: at, to: at + 1, by: collation === '' ? '' : `COLLATE ${collation}` });
    if (name?.text !== '(' || name.kind !== 'mark') continue;
    const close = closingOf(tokens, at + 1);
    if (type === 'table' && callsMissing(at + 2, close)) {
      if (isWord(tokens[at], 'check')) {
        cuts.push({ from: at + 2, to: close - 1, by: '1' });
        at = close;
      } else if (isWord(tokens[at], 'as')) {
        const isStored = isWord(tokens[close + 1], 'stored');
        const from = isWord(tokens[at - 1], 'always') ? at - 2 : at;
        // What is stored is a value like any other; what is not takes no room in the record.
        cuts.push(isStored ? { from, to: close + 1, by: '' } : { from: at + 2, to: close - 1, by: '0' });
        at = close;
      }
    }
    if (isMissing(tokens[at])) {
      cuts.push({ from: at, to: close, by: '0' });
      at = close;
    }
  }
  return blanked(sql, tokens, cuts);
}

/** Tokens from the first to the last, both included, and what stands there instead. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

export function blanked(sql: string, tokens: readonly Token[], cuts: readonly Cut[]): string {
  let text = '';
  let reached = 0;
  for (const { from, to, by } of cuts) {
    const start = (tokens[from] as Token).start;
    const { end } = tokens[to] as Token;
    if (start < reached) continue;
    text += sql.slice(reached, start) + by.padEnd(end - start);
    reached = end;
  }
  return text + sql.slice(reached);
}
