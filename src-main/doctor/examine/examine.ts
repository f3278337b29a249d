/** Runs every check on a file that it never changes, and sums up. */
import type {
  CheckResult,
  Examination,
  Finding,
  HolderAnswer,
  TableState,
  Verdict,
} from '../../contract/doctor/examination.ts';
import type { Clock } from '../../platform/clock.ts';
import { yieldToMessages } from '../../workers/protocol.ts';
import { breath, type Check, type SqlContext } from '../checks/check.ts';
import { checks } from '../checks/index.ts';
import { type FileFacts, isOpenable } from '../files/file-facts.ts';
import type { Expected } from './expected.ts';
import { groupFindings } from './group-findings.ts';
import { fingerprint, readSchema, tableStates } from './schema.ts';
import { type Checkable, openCheckable } from './stand-in-view.ts';
import type { View } from './view.ts';

export interface ExamineOptions {
  readonly facts: FileFacts;
  /** Shown as the file's name; the facts may be those of a copy. */
  readonly file: string;
  readonly expected: Expected;
  readonly holders: HolderAnswer;
  readonly isThorough: boolean;
  readonly clock: Clock;
  /** Opens the file, or a copy of it, without changing it. */
  readonly open: () => View;
  readonly signal?: AbortSignal;
  /** Share of the checks that are done, 0–1, and the one that begins. */
  readonly onProgress?: (share: number, check: string) => void;
}

/** A findings list that grows without end helps nobody. */
const maxFindings = 200;

export async function examine(options: ExamineOptions): Promise<Examination> {
  const { facts, file, expected, holders, clock, signal } = options;
  const findings: Finding[] = [];
  const results: CheckResult[] = [];
  const wanted = checks.filter((check) => options.isThorough || check.isSlow !== true);
  const isLeftAlone = holders.state !== 'held';
  let tables: readonly TableState[] = [];
  let schemaFingerprint: string | null = null;

  const run = async (check: Check, look: () => Iterable<Finding | typeof breath>): Promise<void> => {
    options.onProgress?.(results.length / (wanted.length + 1), check.id);
    const { id, title } = check;
    const start = clock.monotonic();
    const result = (state: CheckResult['state'], reason?: string): void => {
      const ms = Math.round(clock.monotonic() - start);
      results.push({ id, title, state, ms, ...(reason !== undefined && { reason }) });
    };
    let count = 0;
    try {
      for (const found of look()) {
        if (found === breath) {
          await yieldToMessages();
          signal?.throwIfAborted();
          continue;
        }
        count += 1;
        // Two checks may meet the same damage from two sides.
        if (findings.length < maxFindings && !findings.some((known) => isSame(known, found))) findings.push(found);
      }
      result(count > 0 ? 'found' : 'passed');
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      result('unknown', (error as Error).message);
    }
  };

  for (const check of wanted)
    if (check.needs === 'bytes')
      await run(check, () => check.find({ facts, isLeftAlone, ...(signal !== undefined && { signal }) }));
  await yieldToMessages();
  signal?.throwIfAborted();

  const sqlChecks = wanted.filter((check) => check.needs === 'sql');
  const skipAll = (reason: string, state: 'unknown' | 'skipped'): void => {
    for (const { id, title } of sqlChecks) results.push({ id, title, state, reason, ms: 0 });
  };
  const isEnded = findings.some(({ kind }) => ['encrypted', 'not-a-database', 'file-missing'].includes(kind));
  if (facts.transformation !== null && !isEnded)
    skipAll('The file has to be put back into its own form first.', 'skipped');
  else if (findings.some(({ kind }) => kind === 'log-beside-empty'))
    skipAll('The log has to be written into the file first.', 'skipped');
  else if (isEnded) skipAll('The file is no database that can be read.', 'skipped');
  else if (!isOpenable(facts)) skipAll('SQL cannot run on a file without its header.', 'skipped');
  else {
    let view: View | undefined;
    let checkable: Checkable | undefined;
    try {
      view = options.open();
      schemaFingerprint = readFingerprint(view);
      checkable = openCheckable(view);
    } catch (error) {
      const failure = error as Error & { code?: string };
      view?.[Symbol.dispose]();
      view = undefined;
      if (/^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(failure.code ?? '')) {
        findings.push(schemaUnreadable(failure.message));
        skipAll('The schema cannot be read.', 'skipped');
      } else skipAll(failure.message, 'unknown');
    }
    if (view !== undefined && checkable !== undefined) {
      try {
        const context: SqlContext = {
          facts,
          isLeftAlone,
          expected,
          database: view.database,
          checkable,
          ...(signal !== undefined && { signal }),
        };
        for (const check of sqlChecks) await run(check, () => check.find(context));
        options.onProgress?.(results.length / (wanted.length + 1), 'count');
        tables = countTables(view, checkable);
      } finally {
        checkable[Symbol.dispose]();
        view[Symbol.dispose]();
      }
    }
  }
  const grouped = groupFindings(findings, facts.isFirstPageTree);
  return {
    file,
    at: clock.now(),
    verdict: verdictOf(grouped, results),
    profile: expected.profile?.id ?? null,
    sizeBytes: facts.files.totalBytes,
    findings: grouped,
    checks: results,
    tables,
    schemaFingerprint,
    holders,
  };
}

const isSame = (one: Finding, other: Finding): boolean =>
  one.kind === other.kind &&
  one.check !== other.check &&
  (one.place.index ?? one.place.table) === (other.place.index ?? other.place.table) &&
  one.place.column === other.place.column;

function verdictOf(findings: readonly Finding[], results: readonly CheckResult[]): Verdict {
  if (findings.some(({ kind }) => kind === 'encrypted')) return 'encrypted';
  if (findings.some(({ kind }) => kind === 'not-a-database')) return 'not-a-database';
  if (findings.some(({ severity }) => severity === 'critical')) return 'damaged';
  return results.some(({ state }) => state === 'unknown') ? 'unknown' : 'healthy';
}

/** A writer may have locked the file since; what the checks said stands. */
function countTables({ database }: View, checkable: Checkable): readonly TableState[] {
  try {
    return tableStates(database, checkable.database);
  } catch {
    return [];
  }
}

/** Reading it is also the proof that the file opens: SQLite looks at nothing before. */
const readFingerprint = ({ database }: View): string => fingerprint(readSchema(database));

const schemaUnreadable = (reason: string): Finding => ({
  kind: 'schema-unreadable',
  check: 'structure',
  severity: 'critical',
  place: { page: 1 },
  message: `The list of tables cannot be read (${reason}).`,
  values: { detail: reason },
});
