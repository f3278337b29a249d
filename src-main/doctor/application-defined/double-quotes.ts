/**
 * "text" in double quotes is a name, and where there is no such name most SQLites take it for a text. This one does not
 * when it makes something anew, though it reads such a schema.
 */
import { tokensOf } from './sql-tokens.ts';

/** What SQLite says it took for a name. */
export function textInDoubleQuotes(error: unknown): string | undefined {
  const found = /^no such column: "(.*)" - should this be a string literal in single-quotes\?$/s.exec(
    (error as Error).message,
  );
  return found?.[1];
}

/** These names become texts. */
export function singleQuoted(sql: string, texts: ReadonlySet<string>): string {
  if (texts.size === 0) return sql;
  let result = '';
  let reached = 0;
  for (const { kind, text, start, end } of tokensOf(sql)) {
    if (kind !== 'quoted' || sql[start] !== '"' || !texts.has(text)) continue;
    result += `${sql.slice(reached, start)}'${text.replaceAll("'", "''")}'`;
    reached = end;
  }
  return result + sql.slice(reached);
}
