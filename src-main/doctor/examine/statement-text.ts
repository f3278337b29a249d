/**
 * Reads the text of a CREATE statement no further than it must: what stands in quotes, comments and brackets is kept
 * out. Pure.
 */

/** Strings, quoted names and comments, whole. */
const closed = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** The same length, with spaces for what is closed. */
const opened = (sql: string): string => sql.replace(closed, (text) => ' '.repeat(text.length));

/** The expressions of all CHECKs, without their brackets. */
export function checksIn(sql: string): string[] {
  const text = opened(sql);
  const found: string[] = [];
  for (const { index } of text.matchAll(/\bcheck\s*\(/gi)) {
    const start = text.indexOf('(', index);
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
      if (text[at] === '(') depth += 1;
      if (text[at] === ')') depth -= 1;
      if (depth === 0) {
        found.push(sql.slice(start + 1, at));
        break;
      }
    }
  }
  return found;
}

export const isAutoIncrement = (sql: string): boolean => /\bautoincrement\b/i.test(opened(sql));

/** A word of the statement, or a quoted name in it; compared as SQLite does. */
export const names = (sql: string, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`, 'i').test(sql);
