/**
 * SQL taken apart into tokens, as far as finding names and brackets in a CREATE text needs it. Never fails: what is odd
 * is a token of its own.
 */

export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'mark';
  /** Words and marks as they are written, names and texts without their quotes. */
  readonly text: string;
  /** The same in lower case, to compare with. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /(?<blank>\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))|(?<quoted>"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?)|(?<text>[xX]?'(?:[^']|'')*'?)|(?<word>[\p{L}_$\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*)|(?<mark>\d[\w.]*|[\s\S])/gu;

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: whole, index, groups = {} } of sql.matchAll(pattern)) {
    if (groups.blank !== undefined) continue;
    const kind =
      groups.word !== undefined
        ? 'word'
        : groups.quoted !== undefined
          ? 'quoted'
          : groups.text !== undefined
            ? 'text'
            : 'mark';
    const text = kind === 'quoted' || kind === 'text' ? unquoted(whole) : whole;
    tokens.push({ kind, text, lower: text.toLowerCase(), start: index, end: index + whole.length });
  }
  return tokens;
}

function unquoted(name: string): string {
  const quote = name[0] as string;
  if (quote === '[') return name.slice(1, name.endsWith(']') ? -1 : undefined);
  const inner = name.slice(1, name.length > 1 && name.endsWith(quote) ? -1 : undefined);
  return inner.replaceAll(quote + quote, quote);
}

/** Place of the bracket that closes the one at `open`; the last token where none does. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind !== 'mark') continue;
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}
