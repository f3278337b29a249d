/**
 * What a schema needs that only the application has: collations, functions, modules and tokenizers that it brings along
 * when it opens the database. That this SQLite lacks them is no damage; what hangs on them is checked and kept without.
 */
import Database from 'better-sqlite3';
import { closingOf, type Token, tokensOf } from './sql-tokens.ts';

const applicationNameKinds = ['collation', 'function', 'module', 'tokenizer'] as const;
export type ApplicationNameKind = (typeof applicationNameKinds)[number];

export interface ApplicationName {
  readonly kind: ApplicationNameKind;
  readonly name: string;
}

/** One entry of a schema. */
interface Statement {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** An object of the schema that needs something of the application's. */
export interface ApplicationObject {
  readonly type: string;
  readonly name: string;
  readonly needs: readonly ApplicationName[];
}

export function findApplicationObjects(statements: readonly Statement[]): ApplicationObject[] {
  const built = builtIn();
  return statements.flatMap((statement) => {
    const needs = namesNeededBy(statement, built);
    return needs.length === 0 ? [] : [{ type: statement.type, name: statement.name, needs }];
  });
}

/** Each name once. */
export function namesOf(objects: readonly ApplicationObject[]): ApplicationName[] {
  const byKey = new Map(objects.flatMap(({ needs }) => needs.map((one) => [keyOf(one), one] as const)));
  return [...byKey.values()];
}

const keyOf = ({ kind, name }: ApplicationName): string => `${kind} ${name.toLowerCase()}`;

/** What this SQLite brings along, in lower case. */
interface BuiltIn {
  readonly collations: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

let known: BuiltIn | undefined;
function builtIn(): BuiltIn {
  if (known !== undefined) return known;
  const db = new Database(':memory:');
  try {
    const list = (sql: string): Set<string> =>
      new Set((db.prepare(sql).pluck().all() as string[]).map((one) => one.toLowerCase()));
    known = {
      collations: list('SELECT name FROM pragma_collation_list'),
      functions: list('SELECT name FROM pragma_function_list'),
    };
    return known;
  } finally {
    db.close();
  }
}

function namesNeededBy({ type, sql }: Statement, built: BuiltIn = builtIn()): ApplicationName[] {
  if (type === 'table' && /^\s*CREATE\s+VIRTUAL\s+TABLE\b/i.test(sql)) return neededByModule(sql);
  const tokens = tokensOf(sql);
  const found = new Map<string, ApplicationName>();
  const add = (one: ApplicationName): void => void (found.has(keyOf(one)) || found.set(keyOf(one), one));
  for (const [at, token] of tokens.entries()) {
    if (isWord(token, 'collate')) {
      const name = tokens[at + 1];
      if (name !== undefined && name.kind !== 'mark' && !built.collations.has(name.lower))
        add({ kind: 'collation', name: name.text });
    } else if (isCall(tokens, at, type) && !built.functions.has(token.lower))
      add({ kind: 'function', name: token.text });
  }
  return [...found.values()];
}

export const isWord = (token: Token | undefined, lower: string): boolean =>
  token?.kind === 'word' && token.lower === lower;

/** Words before a bracket that are no functions. */
const noFunctions = new Set(
  `abort action after all and as asc between by case check coalesce_ collate constraint conflict cross default delete desc
   distinct do each else end escape except exclude exists fail filter following for foreign from full glob_ group having if
   ignore in index inner insert intersect into is isnull join key left limit match materialized natural not notnull null
   nulls of offset on or order others outer over partition plan preceding primary raise range recursive references
   regexp_ restrict returning right rollback row rows select set table then to union unique update using values when
   where window with without generated always stored virtual temp temporary trigger view create begin`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
/** Words whose next one is a table, an index or a name that brackets may follow. */
const beforeNames = new Set([
  'into',
  'table',
  'join',
  'from',
  'references',
  'on',
  'update',
  'with',
  'recursive',
  'index',
  'view',
  'exists',
  'window',
  'constraint',
  'of',
]);

function isCall(tokens: readonly Token[], at: number, type: string): boolean {
  const token = tokens[at] as Token;
  if (token.kind !== 'word' || noFunctions.has(token.lower)) return false;
  const next = tokens[at + 1];
  if (next?.kind !== 'mark' || next.text !== '(') return false;
  const before = tokens[at - 1];
  if (before?.kind === 'word' && beforeNames.has(before.lower)) return false;
  if (before?.kind === 'mark' && before.text === '.') return false;
  // A common table expression, or the columns of a view.
  const after = tokens[closingOf(tokens, at + 1) + 1];
  if (type !== 'table' && isWord(after, 'as')) {
    const body = tokens[closingOf(tokens, at + 1) + 2];
    if (body?.text === '(' || isWord(body, 'materialized') || isWord(body, 'not') || isWord(body, 'select'))
      return false;
  }
  // In a table only expressions call functions: VARCHAR(20) is a type.
  return type !== 'table' || isInExpression(tokens, at);
}

/** Inside CHECK ( … ), AS ( … ) or DEFAULT ( … ). */
function isInExpression(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let place = at - 1; place > 0; place -= 1) {
    const token = tokens[place] as Token;
    if (token.kind !== 'mark') continue;
    if (token.text === ')') depth += 1;
    else if (token.text === '(') {
      if (depth > 0) depth -= 1;
      else if (['check', 'as', 'default'].some((word) => isWord(tokens[place - 1], word))) return true;
    }
  }
  return false;
}

/** Only making it tells which tokenizer it asks for. */
function neededByModule(sql: string): ApplicationName[] {
  const trial = new Database(':memory:');
  try {
    trial.prepare(sql).run();
    return [];
  } catch (error) {
    const [, module] = /^no such module: (.+)$/.exec((error as Error).message) ?? [];
    if (module !== undefined) return [{ kind: 'module', name: module }];
    const [, tokenizer] = /^(?:unknown|no such) tokenizer: (.+)$/.exec((error as Error).message) ?? [];
    return tokenizer === undefined ? [] : [{ kind: 'tokenizer', name: tokenizer }];
  } finally {
    trial.close();
  }
}
