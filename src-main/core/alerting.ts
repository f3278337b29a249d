/**
 * Alerts and their delivery put together: engine, records, outbox, channels, heartbeat. The monitor hands in the rest
 * of the world.
 */

import { hostname } from 'node:os';
import { type AlertStage, createAlertStage } from '../alerts/alert-stage.ts';
import { createRecordWriter } from '../alerts/record-writer.ts';
import { createRuleBook } from '../alerts/rule-book/rule-book.ts';
import type { ExplainedNow } from '../contract/explanation/explanation.ts';
import type { ProcessTable } from '../contract/live.ts';
import type { MetricDescription, Series } from '../contract/metric.ts';
import { dayMs } from '../contract/shared/durations.ts';
import { sameInEvery } from '../contract/text/text.ts';
import { causeForAlert } from '../explain/cause-for-alert.ts';
import type { Speaker } from '../messages/catalogue.ts';
import type { Channel } from '../notify/channel.ts';
import type { ShowDesktopNotification } from '../notify/channels/desktop.ts';
import { createChannels } from '../notify/channels/index.ts';
import { type Heartbeat, startHeartbeat } from '../notify/heartbeat.ts';
import { Outbox } from '../notify/outbox.ts';
import type { SendDeps } from '../notify/send-notification.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { channelSecret, heartbeatSecret, type SecretStore } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AlertRecords, LoadedRecords } from '../store/records/record-types.ts';
import type { StoreReader } from '../store/store-types.ts';

export interface AlertingDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly records: AlertRecords;
  readonly store: Pick<StoreReader, 'listSeries'>;
  /** Time of the last tick of an earlier run. */
  readonly lastAt: number | undefined;
  /** The desktop's ways of showing a notification, best first; none: the channel says that there is no desktop. */
  readonly desktop: readonly ShowDesktopNotification[];
  readonly processes?: () => ProcessTable | undefined;
  /** Why it is slow. */
  readonly explained?: () => ExplainedNow;
  /** Where the dashboard answers, without its token. */
  readonly dashboard: () => string | undefined;
  /** What notifications speak. */
  readonly speaker: () => Speaker;
  /** Alerts look different now, between two ticks. */
  readonly onChange?: () => void;
}

export interface Alerting {
  readonly stage: AlertStage;
  readonly outbox: Outbox;
  readonly heartbeat: Heartbeat;
  readonly channels: readonly Channel[];
  readonly send: SendDeps;
  /** Writes what is still to be written; undelivered notifications wait in the store for the next start. */
  stop(): Promise<void>;
}

const pruneEveryMs = 6 * 3_600_000;

export async function startAlerting(deps: AlertingDeps): Promise<Alerting> {
  const { clock, logger, settings, secrets, records, explained } = deps;
  const writer = createRecordWriter(records, clock);
  const rules = createRuleBook(settings.current.alerts, logger);
  const channels = createChannels(deps.desktop);
  const send: SendDeps = {
    clock,
    channels,
    secret: (channelId, field) => secrets.get(channelSecret(channelId, field)),
    speaker: deps.speaker,
    machine: hostname(),
    dashboard: deps.dashboard,
  };
  const outbox = new Outbox({
    ...send,
    logger,
    settings: () => settings.current.notify,
    rule: rules.rule,
    write: (operations) => writer.write(operations),
    random: Math.random,
  });
  const stage = createAlertStage({
    clock,
    logger,
    rules,
    writer,
    notifier: outbox,
    ...(await loadWhatIsThere(deps)),
    lastAt: deps.lastAt,
    repeatMs: (severity) => {
      const minutes = settings.current.notify.repeatMinutes[severity];
      return minutes === 0 ? undefined : minutes * 60_000;
    },
    ...(deps.processes !== undefined && { processes: deps.processes }),
    ...(explained !== undefined && { cause: (about) => causeForAlert(explained(), about) }),
    ...(deps.onChange !== undefined && { onChange: deps.onChange }),
  });
  const heartbeat = startHeartbeat({
    clock,
    settings: () => settings.current.notify.heartbeat,
    url: () => secrets.get(heartbeatSecret),
  });
  const subscription = settings.subscribe((next, previous) => {
    if (next.alerts !== previous.alerts) stage.setRules(next.alerts);
    if (next.notify !== previous.notify) outbox.settingsChanged();
    if (next.notify.heartbeat !== previous.notify.heartbeat) heartbeat.callSoon();
  });
  outbox.start(() => stage.active);
  let pruning: Disposable | undefined;
  const prune = (): void => {
    records
      .prune(clock.now() - settings.current.store.alertDays * dayMs)
      .catch((error: Error) => logger.warn('Old alerts could not be taken out', { error: error.message }));
    pruning = clock.after(pruneEveryMs, prune);
  };
  pruning = clock.after(60_000, prune);

  return {
    stage,
    outbox,
    heartbeat,
    channels,
    send,
    async stop() {
      subscription[Symbol.dispose]();
      heartbeat[Symbol.dispose]();
      pruning?.[Symbol.dispose]();
      outbox.stop();
      await stage.stop();
    },
  };
}

/** A store that can't be read is no reason not to watch: alerts then begin afresh. */
async function loadWhatIsThere({ records, store, logger }: AlertingDeps): Promise<{
  loaded?: LoadedRecords;
  knownSeries?: { series: Series; lastAt: number }[];
}> {
  try {
    const [loaded, stored] = await Promise.all([records.load(), store.listSeries()]);
    return {
      loaded,
      knownSeries: stored.map(({ key, metric, labels, lastAt }) => ({
        series: { key, metric: nameOnly(metric, Object.keys(labels)), labels },
        lastAt,
      })),
    };
  } catch (error) {
    logger.warn('Alerts of the last run could not be read; they begin afresh', { error: (error as Error).message });
    return {};
  }
}

/** Enough of a description for a series that nobody has yielded yet in this run. */
const nameOnly = (name: string, labels: readonly string[]): MetricDescription => ({
  name,
  title: sameInEvery(name),
  help: sameInEvery(name),
  unit: 'count',
  kind: 'gauge',
  labels,
});
