/**
 * What is told to whom: each transition decided for each channel and stored with what caused it before its channel's
 * queue sends it. A transition is told to a channel once: the store's key says so, and a notification's id stays the
 * same over attempts and restarts for peers that recognise a repeat. A crash between a peer's yes and our note of it
 * repeats the notification to peers that do not.
 */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Transition } from '../contract/alerts/alert-procedures.ts';
import type { DeliveryLogEntry } from '../contract/channels.ts';
import type { AlertRule } from '../contract/settings/alerts.ts';
import type { ChannelSettings, NotifySettings } from '../contract/settings/notify.ts';
import type { LoadedRecords, RecordOperation } from '../store/records/record-types.ts';
import { decide, type Withheld } from './decide.ts';
import { DeliveryQueue, type DeliveryQueueDeps, type WaitingNotification } from './delivery-queue.ts';
import { isWithinHours } from './hours.ts';

export interface OutboxDeps extends Omit<DeliveryQueueDeps, 'settings'> {
  readonly settings: () => NotifySettings;
  readonly rule: (id: string) => Pick<AlertRule, 'levels' | 'quietHours'> | undefined;
}

/** What a tick's transitions mean for the channels; nothing is sent before it is released. */
export interface Plan {
  /** To be stored together with the transitions. */
  readonly operations: readonly RecordOperation[];
  /**
   * Sends once stored; also when the store says no, or nothing for two seconds: then the notification lives in memory
   * alone.
   */
  release(stored: Promise<void>): void;
}

const storePatienceMs = 2_000;
const noOperations: Plan = { operations: [], release: () => {} };

export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #queues = new Map<string, DeliveryQueue>();
  /** Channels that were told of an alert, by its id. */
  readonly #notified = new Map<string, Set<string>>();
  /** Firing alerts that a mute holds back, with the reason that was logged last. */
  readonly #muted = new Map<string, { transition: Transition; reason: string }>();
  readonly #resendTimers = new Map<string, Disposable>();
  #isStopped = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Takes up what an earlier run left, and alerts that it held back. */
  restore({ outbox, told }: Pick<LoadedRecords, 'outbox' | 'told'>, active: readonly ActiveAlert[]): void {
    for (const { alert, channel } of told) this.#markNotified(alert, channel);
    for (const alert of active)
      if (alert.state === 'firing' && alert.firedAt !== undefined && !this.#notified.has(alert.id)) {
        const at = alert.firedAt;
        const transition: Transition = { id: `${alert.id}/fired/${at}`, kind: 'fired', at, reason: 'held', alert };
        this.#muted.set(alert.id, { transition, reason: '' });
      }
    for (const row of outbox) this.#queue(row.channel).restore(row);
    this.settingsChanged();
  }

  /** @param active alerts as they are after this tick */
  plan(transitions: readonly Transition[], active: readonly ActiveAlert[], at: number): Plan {
    if (transitions.length === 0 && this.#muted.size === 0) return noOperations;
    const operations: RecordOperation[] = [];
    const touched = new Map<string, WaitingNotification>();
    for (const transition of [...transitions, ...this.#unmuted(active)]) {
      for (const channel of this.#route(transition.alert)) {
        const isNotified = this.#notified.get(transition.alert.id)?.has(channel.id) ?? false;
        const decision = decide({ transition, channel, isNotified, isQuietHour: this.#isQuiet(transition.alert, at) });
        if (decision.send) {
          touched.set(channel.id, this.#queue(channel.id).add(transition, at));
          if (transition.kind === 'fired') this.#markNotified(transition.alert.id, channel.id);
          this.#muted.delete(transition.alert.id);
          continue;
        }
        if (decision.later) {
          // Looked at again each tick, but written down once.
          if (this.#muted.get(transition.alert.id)?.reason === decision.reason) continue;
          this.#muted.set(transition.alert.id, { transition, reason: decision.reason });
        }
        if (decision.isLogged) operations.push({ op: 'log', entry: notSent(transition, channel, decision, at) });
      }
      if (transition.kind === 'resolved') {
        this.#notified.delete(transition.alert.id);
        this.#muted.delete(transition.alert.id);
      }
    }
    for (const { row } of touched.values()) operations.push({ op: 'notification', row });
    return { operations, release: (stored) => this.#release(touched, stored) };
  }

  /** Starts telling channels that keep a state on the other side about what still fires. */
  start(active: () => readonly ActiveAlert[]): void {
    for (const channel of this.#deps.channels) {
      const { resendMs, kind } = channel;
      if (resendMs === undefined) continue;
      const again = (): void => {
        if (this.#isStopped) return;
        const firing = active().filter(({ state }) => state === 'firing');
        for (const { id } of this.#deps.settings().channels.filter((one) => one.kind === kind && one.isEnabled))
          this.#queue(id).resend(firing.filter((alert) => this.#notified.get(alert.id)?.has(id)));
        this.#resendTimers.set(kind, this.#deps.clock.after(resendMs, again));
      };
      this.#resendTimers.set(kind, this.#deps.clock.after(resendMs, again));
    }
  }

  waiting(channelId: string): number {
    return this.#queues.get(channelId)?.length ?? 0;
  }

  lastDelivery(channelId: string): DeliveryQueue['lastDelivery'] {
    return this.#queues.get(channelId)?.lastDelivery;
  }

  /** Settings have changed: what waited for a channel that is back, or gone, moves on. */
  settingsChanged(): void {
    for (const queue of this.#queues.values()) queue.pump();
  }

  stop(): void {
    this.#isStopped = true;
    for (const queue of this.#queues.values()) queue.stop();
    for (const timer of this.#resendTimers.values()) timer[Symbol.dispose]();
  }

  /** Held back, still firing, and as they are now. */
  #unmuted(active: readonly ActiveAlert[]): Transition[] {
    if (this.#muted.size === 0) return [];
    const now = new Map(active.map((alert) => [alert.id, alert]));
    return [...this.#muted].flatMap(([id, { transition }]) => {
      const alert = now.get(id);
      if (alert === undefined) this.#muted.delete(id);
      return alert === undefined ? [] : [{ ...transition, alert }];
    });
  }

  #route(alert: ActiveAlert): ChannelSettings[] {
    const { channels, routes } = this.#deps.settings();
    const own = this.#deps.rule(alert.rule)?.levels[alert.severity]?.channels;
    const wanted = new Set(own ?? routes[alert.severity]);
    // Whoever was told that it began is told that it ended, whatever the routes say by now.
    for (const told of this.#notified.get(alert.id) ?? []) wanted.add(told);
    return channels.filter(({ id }) => wanted.has(id));
  }

  #isQuiet(alert: ActiveAlert, at: number): boolean {
    const { hours, except } = this.#deps.settings().quietHours;
    const ofRule = this.#deps.rule(alert.rule)?.quietHours ?? [];
    return isWithinHours(ofRule, at) || (!except.includes(alert.severity) && isWithinHours(hours, at));
  }

  #markNotified(alert: string, channel: string): void {
    this.#notified.set(alert, (this.#notified.get(alert) ?? new Set()).add(channel));
  }

  #release(touched: ReadonlyMap<string, WaitingNotification>, stored: Promise<void>): void {
    const { clock, logger } = this.#deps;
    if (touched.size === 0) {
      stored.catch(() => {});
      return;
    }
    const isSafe = new Promise<void>((resolve) => {
      const patience = clock.after(storePatienceMs, resolve);
      stored
        .catch((error: Error) =>
          logger.warn('Notifications are kept in memory only until the store works again', { error: error.message }),
        )
        .then(() => {
          patience[Symbol.dispose]();
          resolve();
        });
    });
    for (const [channel, notification] of touched) this.#queue(channel).sendOnce(isSafe, notification);
  }

  #queue(channelId: string): DeliveryQueue {
    let queue = this.#queues.get(channelId);
    if (queue === undefined) {
      const settings = () => this.#deps.settings().channels.find(({ id }) => id === channelId);
      queue = new DeliveryQueue(channelId, { ...this.#deps, settings });
      this.#queues.set(channelId, queue);
    }
    return queue;
  }
}

const notSent = (
  transition: Transition,
  channel: ChannelSettings,
  { reason, message }: Withheld,
  at: number,
): DeliveryLogEntry => ({
  at,
  notification: '',
  channel: channel.id,
  outcome: 'not-sent',
  reason,
  message,
  attempt: 0,
  transitions: [transition.id],
  titles: [transition.alert.title],
});
