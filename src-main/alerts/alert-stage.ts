/**
 * The alert rules as the data path has them. Each batch is evaluated; what follows from it is stored in one transaction
 * and told from there. A store that fails delays nothing: states and notifications then live in memory, and `failure`
 * says so.
 */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Silence, SilenceInput, Transition } from '../contract/alerts/alert-procedures.ts';
import type { Batch } from '../contract/batch.ts';
import type { Series } from '../contract/metric.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { AlertRule } from '../contract/settings/alerts.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { LoadedRecords, RecordOperation } from '../store/records/record-types.ts';
import { AlertEngine, type AlertEngineOptions } from './engine/evaluate-alerts.ts';
import type { RecordWriter } from './record-writer.ts';
import type { RuleSettings, RulesInForce } from './rule-book/read-rules.ts';
import type { RuleBook } from './rule-book/rule-book.ts';

/** Whoever notifies people; see `notify/outbox.ts`. */
interface Notifier {
  restore(loaded: Pick<LoadedRecords, 'outbox' | 'told'>, active: readonly ActiveAlert[]): void;
  plan(
    transitions: readonly Transition[],
    active: readonly ActiveAlert[],
    at: number,
  ): { readonly operations: readonly RecordOperation[]; release(stored: Promise<void>): void };
}

export interface AlertStageDeps extends AlertEngineOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rules: RuleBook;
  readonly writer: RecordWriter;
  readonly notifier: Notifier;
  /** What an earlier run left, and the time of its last tick. */
  readonly loaded?: LoadedRecords;
  readonly lastAt?: number | undefined;
  readonly knownSeries?: readonly { readonly series: Series; readonly lastAt: number }[];
  /** Alerts look different now, between two ticks. */
  readonly onChange?: () => void;
}

export interface AlertStage {
  evaluate(batch: Batch): void;
  readonly active: readonly ActiveAlert[];
  /** Why alerts are not being stored; undefined while they are. */
  readonly failure: string | undefined;
  readonly rules: RulesInForce;
  readonly silences: readonly Silence[];
  rule(id: string): AlertRule | undefined;
  seriesCount(ruleId: string): number;
  setRules(rules: RuleSettings): void;
  acknowledge(id: string, by: string): Outcome<ActiveAlert>;
  unacknowledge(id: string, by: string): Outcome<ActiveAlert>;
  silence(input: SilenceInput): Silence;
  removeSilence(id: string): void;
  /** Writes what is still to be written. */
  stop(): Promise<void>;
}

export function createAlertStage(deps: AlertStageDeps): AlertStage {
  const { clock, logger, rules, writer, notifier, loaded } = deps;
  const inForce = (): AlertRule[] => rules.inForce.rules.map(({ rule }) => rule);
  const engine = new AlertEngine(inForce(), deps);
  let lastAt = deps.lastAt ?? 0;
  /**
   * Ticks go on slowly from where they were when the clock is set back: a silence begins with them, not an hour before.
   */
  const now = (): number => Math.max(clock.now(), lastAt);
  let silences: readonly Silence[] = (loaded?.silences ?? []).filter(({ until }) => until > now());
  if (deps.knownSeries !== undefined) engine.know(deps.knownSeries);
  if (loaded !== undefined) {
    engine.restore(loaded.states, deps.lastAt);
    engine.setSilences(silences, now());
    notifier.restore(loaded, engine.active);
  }

  /** Stores what happened and what is to be told about it as one, then lets it be told. */
  const commit = (extra: readonly RecordOperation[], at: number, happened: readonly Transition[] = []): void => {
    const drained = engine.drain();
    const transitions = [...drained.transitions, ...happened];
    const plan = notifier.plan(transitions, drained.active, at);
    const operations: RecordOperation[] = [
      ...transitions
        .filter(({ kind }) => kind !== 'reminder')
        .map((transition) => ({ op: 'transition', transition }) as const),
      ...drained.changes.map(({ key, entry }) => ({ op: 'state', key, entry }) as const),
      ...extra,
      ...plan.operations,
    ];
    const stored = writer.write(operations);
    plan.release(stored);
    stored.catch((error: Error) =>
      logger.warn('Alerts could not be stored; they are kept for later', { error: error.message }),
    );
  };

  const afterUserAction = (alert: ActiveAlert | undefined): Outcome<ActiveAlert> => {
    if (alert === undefined) return failed('no-such-alert');
    commit([], now());
    deps.onChange?.();
    return ok(alert);
  };

  /** What falls silent by it while it fires is part of its history. */
  const setSilences = (next: readonly Silence[], operation: RecordOperation, by = ''): void => {
    const at = now();
    const before = new Set(engine.active.filter(isSilenced).map(({ id }) => id));
    silences = next;
    engine.setSilences(silences, at);
    const happened = engine.active
      .filter((alert) => alert.state === 'firing' && isSilenced(alert) && !before.has(alert.id))
      .map((alert): Transition => {
        return { id: `${alert.id}/silenced/${at}`, kind: 'silenced', at, reason: 'silenced', alert, by };
      });
    commit([operation], at, happened);
    deps.onChange?.();
  };

  return {
    evaluate(batch) {
      lastAt = batch.at;
      engine.step(batch);
      const over = silences.filter(({ until }) => until <= batch.at);
      if (over.length > 0) {
        silences = silences.filter(({ until }) => until > batch.at);
        engine.setSilences(silences, batch.at);
      }
      commit(
        over.map(({ id }) => ({ op: 'unsilence', id }) as const),
        batch.at,
      );
    },
    get active() {
      return engine.active;
    },
    get failure() {
      return writer.failure;
    },
    get rules() {
      return rules.inForce;
    },
    get silences() {
      return silences;
    },
    rule: rules.rule,
    seriesCount: (id) => engine.seriesCount(id),
    setRules(settings) {
      rules.replace(settings);
      engine.setRules(inForce());
    },
    acknowledge: (id, by) => afterUserAction(engine.acknowledge(id, by, now())),
    unacknowledge: (id, by) => afterUserAction(engine.unacknowledge(id, by, now())),
    silence({ minutes, by, rule, labels, alert, comment }) {
      const from = now();
      const silence: Silence = {
        id: crypto.randomUUID(),
        labels,
        from,
        until: from + minutes * 60_000,
        by,
        ...(rule !== undefined && { rule }),
        ...(alert !== undefined && { alert }),
        ...(comment !== undefined && { comment }),
      };
      setSilences([...silences, silence], { op: 'silence', silence }, by);
      return silence;
    },
    removeSilence(id) {
      setSilences(
        silences.filter((silence) => silence.id !== id),
        { op: 'unsilence', id },
      );
    },
    stop: () => writer.flush(),
  };
}

const isSilenced = ({ silencedUntil }: ActiveAlert): boolean => silencedUntil !== undefined;
