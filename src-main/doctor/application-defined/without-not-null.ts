/** A CREATE TABLE that takes NULL wherever SQLite lets a table do so, of the same length. */
import { isWord } from './application-names.ts';
import { tokensOf } from './sql-tokens.ts';
import { blanked, type Cut } from './stand-in.ts';

export function withoutNotNull(sql: string): string {
  const tokens = tokensOf(sql);
  const cuts: Cut[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'mark' && token.text === '(') depth += 1;
    if (token.kind === 'mark' && token.text === ')') depth -= 1;
    // Deeper inside it is part of an expression.
    if (depth !== 1 || !isWord(token, 'not') || !isWord(tokens[at + 1], 'null')) continue;
    const hasConflict = isWord(tokens[at + 2], 'on') && isWord(tokens[at + 3], 'conflict');
    const isNamed = isWord(tokens[at - 2], 'constraint');
    cuts.push({ from: isNamed ? at - 2 : at, to: hasConflict ? at + 4 : at + 1, by: '' });
  }
  return blanked(sql, tokens, cuts);
}
