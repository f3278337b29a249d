/**
 * A small application on the sample knowledge base, run as its own process by `--demo`: real queries, a real cache,
 * real events to the monitor, and the real error of the incident, since each `add_fact` wants a row in the missing
 * `audit_log`.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { createTableSql, hakgalProfile, type TableProfile } from '../contract/profile.ts';
import { systemClock } from '../platform/clock.ts';
import { sampleFacts } from './sample-facts.ts';

const { values: options } = parseArgs({
  options: { database: { type: 'string' }, events: { type: 'string' }, log: { type: 'string' } },
});
const { database: path, events: eventsUrl, log: logPath } = options;
if (path === undefined || eventsUrl === undefined || logPath === undefined) {
  console.error('usage: workload --database FILE --events URL --log FILE');
  process.exit(2);
}

/** Queries a second; small on purpose: the demo must not look busier than an idle desktop. */
const queriesPerSecond = 8;
const cacheEntries = 64;

mkdirSync(dirname(path), { recursive: true });
const database = new Database(path, { timeout: 1_000 });
database.pragma('journal_mode = WAL');
// Also after a start that was killed before it had made the sample.
if (database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0) createSample(database);

/** `facts` as it should be, and no `audit_log`: the state in which the real one was found. */
function createSample(into: Database.Database): void {
  const facts = hakgalProfile.tables.find((table) => table.name === 'facts') as TableProfile;
  into.transaction(() => {
    into.exec(createTableSql(facts));
    const insert = into.prepare(
      'INSERT INTO facts (statement, source, tags, confidence) VALUES (@statement, @source, @tags, @confidence)',
    );
    for (const fact of sampleFacts()) insert.run(fact);
  })();
  // Else all of it would stay in the log for as long as so little is written, and the file look empty beside its rows.
  into.pragma('wal_checkpoint(TRUNCATE)');
}

interface QueryEvent {
  readonly type: 'query';
  readonly duration: number;
  readonly query_type: string;
  readonly success: boolean;
}
interface CacheEvent {
  readonly type: 'cache';
  readonly hit: boolean;
  readonly key: string;
  readonly response_time: number;
}

const pending: (QueryEvent | CacheEvent)[] = [];
/** Least recently used first: a Map keeps the order of insertion. */
const cache = new Map<string, unknown[]>();

function timed(queryType: string, run: () => void): void {
  const start = systemClock.monotonic();
  let success = true;
  try {
    run();
  } catch (error) {
    success = false;
    log(`ERROR ${queryType}: ${(error as Error).message}`);
  }
  pending.push({ type: 'query', duration: (systemClock.monotonic() - start) / 1000, query_type: queryType, success });
}

function search(term: string): void {
  const start = systemClock.monotonic();
  const known = cache.get(term);
  if (known !== undefined) {
    cache.delete(term);
    cache.set(term, known);
    pending.push({ type: 'cache', hit: true, key: term, response_time: (systemClock.monotonic() - start) / 1000 });
    return;
  }
  timed('search_knowledge', () => {
    const rows = database.prepare('SELECT id, statement FROM facts WHERE statement LIKE ? LIMIT 50').all(`%${term}%`);
    cache.set(term, rows);
    const oldest = cache.keys().next().value;
    if (cache.size > cacheEntries && oldest !== undefined) cache.delete(oldest);
  });
  pending.push({ type: 'cache', hit: false, key: term, response_time: (systemClock.monotonic() - start) / 1000 });
}

/** The fact and its audit row are one transaction: while `audit_log` is missing, no fact is added. */
function addFact(statement: string): void {
  timed('add_fact', () =>
    database.transaction(() => {
      const { lastInsertRowid } = database
        .prepare('INSERT INTO facts (statement, source) VALUES (?, ?)')
        .run(statement, 'demo');
      database
        .prepare('INSERT INTO audit_log (operation, details) VALUES (?, ?)')
        .run('add_fact', `fact ${lastInsertRowid}`);
    })(),
  );
}

function log(line: string): void {
  appendFileSync(logPath as string, `${new Date(systemClock.now()).toISOString()} ${line}\n`);
}

const terms = [...sampleFacts()].slice(0, 400).map((fact) => fact.statement.slice(0, fact.statement.indexOf(',')));

/** Few terms are asked for often, most of them seldom, as people do. */
const pickTerm = (): string => terms[Math.floor(terms.length * Math.random() ** 8)] as string;

async function send(): Promise<void> {
  const batch = pending.splice(0);
  if (batch.length === 0) return;
  try {
    const response = await fetch(eventsUrl as string, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
      signal: AbortSignal.timeout(2_000),
    });
    if (response.status === 429) pending.unshift(...batch);
  } catch {
    // The monitor is starting or gone; these events are reported with the next ones.
    if (pending.length < 10_000) pending.unshift(...batch);
  }
}

let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.on(signal, () => {
    isStopping = true;
  });
}

log('INFO the sample application starts');
for (let second = 0; !isStopping; second += 1) {
  for (let query = 0; query < queriesPerSecond; query += 1) search(pickTerm());
  if (second % 3 === 0) addFact(`ObservedBy(Demo, Second${second})`);
  if (second % 5 === 0)
    timed('get_system_status', () => void database.prepare('SELECT max(id), avg(confidence) FROM facts').get());
  if (second % 30 === 0) timed('consistency_check', () => void database.pragma('quick_check'));
  timed('health_check', () => void database.prepare('SELECT 1').get());
  await send();
  await systemClock.sleep(1_000);
}
database.close();
process.exit(0);
