/**
 * What applications report, put together: the intake of events and OpenTelemetry, and StatsD as far as the settings
 * want it.
 */
import type { UsageSink } from '../contract/cost/usage.ts';
import { createEventIntake, type EventIntake } from '../events/event-intake.ts';
import { createStatsdReceiver } from '../events/statsd-receiver.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Source } from '../sampling/source.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface Reporting {
  readonly intake: EventIntake;
  readonly sources: readonly Source[];
  /** Opens what the settings want open, and follows them from then on. */
  listen(): void;
  close(): Promise<void>;
}

export function createReporting(deps: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: Pick<SettingsStore, 'current' | 'subscribe'>;
  readonly usage?: UsageSink;
}): Reporting {
  const { clock, logger, settings } = deps;
  const { maxOpenTelemetrySeries, statsd: atStart } = settings.current.events;
  const intake = createEventIntake({
    clock,
    eventsPerSecond: () => settings.current.events.eventsPerSecond,
    maxOtlpSeries: maxOpenTelemetrySeries,
    ...(deps.usage !== undefined && { usage: deps.usage }),
  });
  const statsd = createStatsdReceiver(clock, atStart.maxSeries);
  let subscription: Disposable | undefined;

  async function listenToStatsd(): Promise<void> {
    await statsd.close();
    const { isEnabled, port } = settings.current.events.statsd;
    const listening = isEnabled ? await statsd.listen(port) : undefined;
    if (listening?.ok === false) logger.warn(listening.failure.message);
  }

  return {
    intake,
    sources: [...intake.sources, statsd.source],
    listen() {
      void listenToStatsd();
      subscription = settings.subscribe((next, previous) => {
        if (next.events !== previous.events) void listenToStatsd();
      });
    },
    async close() {
      subscription?.[Symbol.dispose]();
      await statsd.close();
    },
  };
}
