/** A SQLite database, watched without its owner noticing: size, rows, schema, verdict of a check, who has it open. */
import { z } from 'zod';
import type { MetricDescription } from '../contract/metric.ts';
import type { DatabaseProfile } from '../contract/profile.ts';
import type { SqliteTargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding } from '../contract/targets.ts';
import type { CollectContext, SampleSink } from '../sampling/source.ts';
import { ProbeTimedOut } from './probe-thread.ts';
import type { HeaderOnly } from './sqlite/choose-access.ts';
import * as m from './sqlite/sqlite-metrics.ts';
import type { QuickCheck, SqliteFacts, SqliteLook, SqliteReport } from './sqlite/sqlite-report.ts';
import { finding, type Probe, type TargetDeps, type TargetType } from './target-type.ts';

const verdictShape = z.object({
  verdict: z.enum(['ok', 'damaged', 'unknown']),
  message: z.string().optional(),
  at: z.number(),
  /** Of the file that was checked: one that took its place has to be checked itself. */
  inode: z.number().optional(),
});
type Verdict = QuickCheck & { readonly at: number; readonly inode?: number };

/** All processes are searched this seldom; see `find-holders.ts`. */
const searchHoldersEveryMs = 60_000;
const hourMs = 3_600_000;
/** Damage may be repaired any time, and what kept a check from its verdict may pass. */
const recheckDamagedMs = 60_000;
const recheckUnknownMs = 600_000;

const headerOnly: Readonly<Record<HeaderOnly, string>> = {
  exclusive: 'its owner holds it exclusively, or left a write-ahead log behind',
  closed: 'no program has it open, and looking into it would leave files beside it',
  'being-changed': 'a change is being written',
  busy: 'it is being written to, and looking into it would hold up its writer',
};

export const sqliteTarget: TargetType<'sqlite'> = {
  kind: 'sqlite',
  metrics: m.sqliteMetrics,
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds, quickCheck }) => (timeoutSeconds + quickCheck.maxSeconds + 10) * 1_000,
  open: (settings, deps, isMain) => new SqliteProbe(settings, deps, isMain),
};

class SqliteProbe implements Probe {
  readonly #settings: SqliteTargetSettings;
  readonly #deps: TargetDeps;
  readonly #isMain: boolean;
  readonly #profile: DatabaseProfile | undefined;
  readonly #errors = new Map<string, number>();
  readonly #watching: Disposable;
  #isForeignSqlWanted = false;
  #verdict: Verdict | undefined;
  /** Of the file at the last look; the doctor of this monitor has a target opened anew. */
  #inode: number | undefined;
  #holders: readonly number[] | undefined;
  #searchedAt: number | undefined;

  constructor(settings: SqliteTargetSettings, deps: TargetDeps, isMain: boolean) {
    this.#settings = settings;
    this.#deps = deps;
    this.#isMain = isMain;
    this.#profile = deps.profiles().find(({ id }) => id === settings.profile);
    this.#verdict = deps.memory.get(settings.id, 'quickCheck', verdictShape) as Verdict | undefined;
    this.#watching = deps.databaseErrors.watch();
  }

  async look(sink: SampleSink, context: CollectContext): Promise<TargetFinding> {
    const { at, monotonic } = context;
    const { id, path, timeoutSeconds, quickCheck, query, tables } = this.#settings;
    const isCheckDue = quickCheck.isEnabled && this.#isCheckDue(at);
    const counted = this.#profile?.countedTable;
    let report: SqliteReport;
    try {
      const { probes, foreignSql } = this.#deps;
      const mayRunForeignSql = query !== undefined || this.#isForeignSqlWanted;
      report = await (mayRunForeignSql ? foreignSql : probes).run(
        id,
        'sqlite',
        {
          path,
          mayRunForeignSql,
          tables: [...new Set([...(counted === undefined ? [] : [counted]), ...tables])],
          expected: (this.#profile?.tables ?? []).map(({ name, columns }) => ({
            table: name,
            columns: columns.map((column) => column.name),
          })),
          ...(query !== undefined && { query }),
          ...(isCheckDue && { quickCheckWithin: quickCheck.maxSeconds }),
        },
        (timeoutSeconds + (isCheckDue ? quickCheck.maxSeconds : 0)) * 1_000,
      );
    } catch (error) {
      if (!(error instanceof ProbeTimedOut)) throw error;
      this.#countError('timed-out');
      this.#emitErrors(sink);
      return finding('unknown', 'timed-out', `${path} did not answer: ${error.message}`);
    }
    // What is to be counted is no plain table: looked at once more, where that can be stopped.
    if (report.state === 'seen' && report.look.isForeignSqlWanted && !this.#isForeignSqlWanted) {
      this.#isForeignSqlWanted = true;
      return this.look(sink, context);
    }
    // Another file than the one with the verdict: looked at once more, now with a check.
    if (this.#voidVerdictOfOtherFile(report.facts?.inode) && quickCheck.isEnabled && !isCheckDue)
      return this.look(sink, context);
    await this.#emitHolders(sink, monotonic);
    this.#noteOtherFile(report.facts?.inode);
    if (report.state === 'trouble') return this.#emitTrouble(sink, report, at);
    this.#emitFacts(sink, report.facts);
    if (report.state === 'header-only') {
      this.#emitVerdict(sink, at);
      this.#emitErrors(sink);
      const message = `Little can be told of ${path}: ${headerOnly[report.reason]}`;
      return {
        ...finding('unknown', 'header-only', message, factsOf(report.facts)),
        code: `header-only.${report.reason}`,
      };
    }
    return this.#emitLook(sink, report.look, report.facts, at);
  }

  close(): void {
    this.#watching[Symbol.dispose]();
  }

  #emitTrouble(sink: SampleSink, report: Extract<SqliteReport, { state: 'trouble' }>, at: number): TargetFinding {
    const { kind, message, facts, code } = report;
    this.#countError(code ?? kind);
    this.#emitErrors(sink);
    this.#emitSeconds(sink, m.lockWaitSeconds, report.lockWaitSeconds);
    if (facts !== undefined) this.#emitFacts(sink, facts);
    if (kind === 'damaged') this.#setVerdict({ verdict: 'damaged', message }, facts?.inode, at);
    this.#emitVerdict(sink, at);
    // Locked for a moment is no failure of the database, and neither is a query of the user's that fails.
    const state = kind === 'locked' ? 'unknown' : kind === 'query-failed' ? 'wrong' : 'down';
    return finding(state, kind, message, facts === undefined ? [] : factsOf(facts), {
      ...(report.detail !== undefined && { detail: report.detail }),
    });
  }

  #emitLook(sink: SampleSink, look: SqliteLook, facts: SqliteFacts, at: number): TargetFinding {
    const { id, path } = this.#settings;
    const target = { target: id };
    this.#emitSeconds(sink, m.probeSeconds, look.probeSeconds);
    this.#emitSeconds(sink, m.lockWaitSeconds, look.lockWaitSeconds);
    for (const [table, count] of Object.entries(look.rows)) sink.sample(m.rows, count, { ...target, table });
    if (this.#isMain && this.#profile?.countedTable !== undefined)
      sink.sample(m.factsTotal, look.rows[this.#profile.countedTable]);
    sink.sample(m.missingTables, look.missingTables.length, target);
    sink.sample(m.missingColumns, look.missingColumns.length, target);
    const hasDrifted = this.#compareSchema(look);
    sink.sample(m.schemaDrifted, hasDrifted ? 1 : 0, target);
    if (look.quickCheck !== undefined) this.#setVerdict(look.quickCheck, facts.inode, at);
    this.#emitVerdict(sink, at);
    for (const table of look.missingTables) this.#countOnce(`no such table: ${table}`);
    this.#emitErrors(sink);

    const told = [...factsOf(facts), ...lookFacts(look, this.#verdict)];
    if (this.#verdict?.verdict === 'damaged')
      return finding('down', 'damaged', `${path} is damaged: ${this.#verdict.message ?? 'a check failed'}`, told, {
        ...(this.#verdict.message !== undefined && { detail: this.#verdict.message }),
      });
    const missing = [
      ...look.missingTables.map((table) => `table ${table}`),
      ...look.missingColumns.map((column) => `column ${column}`),
    ];
    if (missing.length > 0) {
      const kind = look.missingTables.length > 0 ? 'missing-table' : 'missing-column';
      const names = [...look.missingTables, ...look.missingColumns].join(', ');
      return finding('wrong', kind, `${path} lacks ${missing.join(', ')}`, told, { names });
    }
    if (hasDrifted)
      return finding('wrong', 'schema-drift', `The schema of ${path} is not what it was when first seen`, told);
    return finding('up', 'ok', `${path} is well`, told);
  }

  /** With a profile, what is missing tells all; without, the first schema seen is the baseline. */
  #compareSchema({ fingerprint }: SqliteLook): boolean {
    if (this.#profile !== undefined || fingerprint === undefined) return false;
    const baseline = this.#deps.memory.get(this.#settings.id, 'schema', z.string());
    if (baseline === undefined) this.#deps.memory.set(this.#settings.id, 'schema', fingerprint);
    return baseline !== undefined && baseline !== fingerprint;
  }

  #isCheckDue(at: number): boolean {
    if (this.#verdict === undefined) return true;
    const regularMs = this.#settings.quickCheck.intervalHours * hourMs;
    const soonMs = { ok: regularMs, damaged: recheckDamagedMs, unknown: recheckUnknownMs }[this.#verdict.verdict];
    return at - this.#verdict.at >= Math.min(regularMs, soonMs);
  }

  #noteOtherFile(inode: number | undefined): void {
    if (inode === undefined) return;
    if (this.#inode !== undefined && this.#inode !== inode) this.#deps.onFileReplaced?.(this.#settings.path);
    this.#inode = inode;
  }

  /** @returns whether there was one */
  #voidVerdictOfOtherFile(inode: number | undefined): boolean {
    if (inode === undefined || this.#verdict === undefined || this.#verdict.inode === inode) return false;
    this.#verdict = undefined;
    this.#deps.memory.set(this.#settings.id, 'quickCheck', undefined);
    return true;
  }

  #emitFacts(sink: SampleSink, facts: SqliteFacts): void {
    const target = { target: this.#settings.id };
    sink.sample(m.fileBytes, facts.fileBytes, target);
    sink.sample(m.walBytes, facts.walBytes, target);
    sink.sample(m.freeBytes, facts.freePages * facts.pageSize, target);
    sink.sample(m.pages, facts.pages, target);
    sink.sample(m.journalMode, 1, { ...target, mode: facts.journalMode });
    if (this.#isMain) sink.sample(m.walSizeBytes, facts.walBytes);
  }

  #emitSeconds(sink: SampleSink, metric: MetricDescription, seconds: number | undefined): void {
    if (seconds === undefined) return;
    sink.sample(metric, Math.round(seconds * 1e6) / 1e6, { target: this.#settings.id });
  }

  #setVerdict(check: QuickCheck, inode: number | undefined, at: number): void {
    this.#verdict = { ...check, at, ...(inode !== undefined && { inode }) };
    this.#deps.memory.set(this.#settings.id, 'quickCheck', this.#verdict);
  }

  #emitVerdict(sink: SampleSink, at: number): void {
    if (this.#verdict === undefined || this.#verdict.verdict === 'unknown') return;
    const target = { target: this.#settings.id };
    sink.sample(m.quickCheckOk, this.#verdict.verdict === 'ok' ? 1 : 0, target);
    sink.sample(m.quickCheckAge, Math.max(0, Math.round((at - this.#verdict.at) / 1_000)), target);
  }

  async #emitHolders(sink: SampleSink, monotonic: number): Promise<void> {
    if (this.#deps.platform !== 'linux') return;
    const isSearchDue = this.#searchedAt === undefined || monotonic - this.#searchedAt >= searchHoldersEveryMs;
    if (isSearchDue) this.#searchedAt = monotonic;
    const { id, path } = this.#settings;
    const question = { path, without: process.pid, ...(!isSearchDue && { pids: this.#holders ?? [] }) };
    const found = await this.#deps.probes.run(`${id} holders`, 'holders', question, 5_000).catch(() => undefined);
    if (found === undefined) return;
    this.#holders = found.holders.map(({ pid }) => pid);
    const connections = found.holders.reduce((sum, holder) => sum + holder.connections, 0);
    sink.sample(m.processes, found.holders.length, { target: id });
    sink.sample(m.connections, connections, { target: id });
    if (this.#isMain) sink.sample(m.databaseConnections, connections);
  }

  #countError(kind: string): void {
    this.#errors.set(kind, (this.#errors.get(kind) ?? 0) + 1);
    if (kind !== 'timed-out') this.#deps.databaseErrors.add(1);
  }

  /** A state that lasts is one error and not one an interval. */
  #countOnce(kind: string): void {
    if (!this.#errors.has(kind)) this.#countError(kind);
  }

  #emitErrors(sink: SampleSink): void {
    for (const [error, count] of this.#errors) sink.sample(m.errors, count, { target: this.#settings.id, error });
  }
}

const factsOf = (facts: SqliteFacts): TargetFinding['facts'] => [
  { name: 'file-bytes', value: String(facts.fileBytes) },
  { name: 'wal-bytes', value: String(facts.walBytes) },
  { name: 'pages', value: String(facts.pages) },
  { name: 'free-pages', value: String(facts.freePages) },
  { name: 'page-size', value: String(facts.pageSize) },
  { name: 'journal-mode', value: facts.journalMode },
];

const lookFacts = (look: SqliteLook, verdict: Verdict | undefined): TargetFinding['facts'] => [
  { name: 'tables', value: String(look.tableCount ?? 0) },
  ...Object.entries(look.rows).map(([table, count]) => ({ name: 'rows', value: `${table}: ${count}` })),
  {
    name: 'quick-check',
    value: verdict === undefined ? 'unknown' : `${verdict.verdict}${verdict.message ? `: ${verdict.message}` : ''}`,
  },
  ...(verdict === undefined ? [] : [{ name: 'quick-check-at', value: new Date(verdict.at).toISOString() }]),
  ...(look.fingerprint === undefined ? [] : [{ name: 'schema-fingerprint', value: look.fingerprint }]),
];
