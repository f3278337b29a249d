/**
 * Every notice on its way: decided, grouped by channel, stored with the transition that caused it, then sent in order and tried
 * again until it arrives or is given up. A transition is told to a channel once: the store's key says so, and a notice's id
 * stays the same over attempts and restarts for peers that recognise a repeat. A crash between a peer's yes and our note of it
 * repeats the notice to peers that do not.
 */
import type { ActiveAlert } from '../contract/alert.ts';
import type { Transition } from '../contract/alerts.ts';
import type { DeliveryLogEntry } from '../contract/channels.ts';
import type { AlertRule } from '../contract/settings/alerts.ts';
import type { ChannelSettings, NotifySettings } from '../contract/settings/notify.ts';
import type { Logger } from '../platform/logger.ts';
import type { LoadedRecords, OutboxRow, RecordOperation } from '../store/records/record-types.ts';
import type { Delivery } from './channel.ts';
import { decide } from './decide.ts';
import { isWithinHours } from './hours.ts';
import { RateLimit } from './rate-limit.ts';
import { giveUpAfterMs, longestWaitMs, retryDelayMs } from './retry.ts';
import { type SendDeps, sendNotice } from './send-notice.ts';

export interface OutboxDeps extends SendDeps {
  readonly logger: Logger;
  readonly settings: () => NotifySettings;
  readonly rule: (id: string) => Pick<AlertRule, 'levels' | 'quietHours'> | undefined;
  readonly write: (operations: readonly RecordOperation[]) => Promise<void>;
  /** 0–1. */
  readonly random: () => number;
}

/** What a tick's transitions mean for the channels; nothing is sent before it is released. */
export interface Plan {
  /** To be stored together with the transitions. */
  readonly operations: readonly RecordOperation[];
  /** Sends once stored; also when the store says no, or nothing for two seconds: then the notice lives in memory alone. */
  release(stored: Promise<void>): void;
}

interface Waiting {
  row: OutboxRow;
  /** By the monotonic clock: setting the wall clock must not hold a notice for an hour. */
  notBefore: number;
  /** Stores that its sending waits for. */
  unstored: number;
  isSending: boolean;
}

interface Queue {
  readonly waiting: Waiting[];
  readonly limit: RateLimit;
  timer?: Disposable;
  lastDelivery?: { readonly at: number; readonly ok: boolean; readonly reason: string };
}

const storePatienceMs = 2_000;
const noOperations: Plan = { operations: [], release: () => {} };

export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #queues = new Map<string, Queue>();
  /** Channels that were told of an alert, by its id. */
  readonly #told = new Map<string, Set<string>>();
  /** Firing alerts that a mute holds back, with the reason that was logged last. */
  readonly #muted = new Map<string, { transition: Transition; reason: string }>();
  readonly #resendTimers = new Map<string, Disposable>();
  #sequence = 0;
  #isStopped = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Takes up what an earlier run left, and alerts that it held back. */
  restore({ outbox, told }: Pick<LoadedRecords, 'outbox' | 'told'>, active: readonly ActiveAlert[]): void {
    for (const { alert, channel } of told) this.#noteTold(alert, channel);
    for (const alert of active)
      if (alert.state === 'firing' && alert.firedAt !== undefined && !this.#told.has(alert.id)) {
        const at = alert.firedAt;
        const transition: Transition = { id: `${alert.id}/fired/${at}`, kind: 'fired', at, reason: 'held', alert };
        this.#muted.set(alert.id, { transition, reason: '' });
      }
    for (const row of outbox) {
      const waitMs = row.attempts === 0 ? 0 : Math.min(longestWaitMs, Math.max(0, row.due - this.#deps.clock.now()));
      const notBefore = this.#deps.clock.monotonic() + waitMs;
      this.#queue(row.channel).waiting.push({ row, notBefore, unstored: 0, isSending: false });
    }
    for (const channel of this.#queues.keys()) this.#pump(channel);
  }

  /** @param active alerts as they are after this tick */
  plan(transitions: readonly Transition[], active: readonly ActiveAlert[], at: number): Plan {
    if (transitions.length === 0 && this.#muted.size === 0) return noOperations;
    const operations: RecordOperation[] = [];
    const touched = new Map<string, Waiting>();
    for (const transition of [...transitions, ...this.#unmuted(active)]) {
      for (const channel of this.#route(transition.alert)) {
        const isTold = this.#told.get(transition.alert.id)?.has(channel.id) ?? false;
        const decision = decide({ transition, channel, isTold, isQuietHour: this.#isQuiet(transition.alert, at) });
        if (decision.tell) {
          touched.set(channel.id, this.#add(channel, transition, at));
          if (transition.kind === 'fired') this.#noteTold(transition.alert.id, channel.id);
          this.#muted.delete(transition.alert.id);
          continue;
        }
        if (decision.later && this.#muted.get(transition.alert.id)?.reason !== decision.reason) {
          this.#muted.set(transition.alert.id, { transition, reason: decision.reason });
          operations.push({ op: 'log', entry: notSent(transition, channel, decision, at) });
        } else if (!decision.later && !['not-told', 'told-before', 'not-told-before'].includes(decision.reason))
          operations.push({ op: 'log', entry: notSent(transition, channel, decision, at) });
      }
      if (transition.kind === 'resolved') {
        this.#told.delete(transition.alert.id);
        this.#muted.delete(transition.alert.id);
      }
    }
    for (const { row } of touched.values()) operations.push({ op: 'notice', row });
    return { operations, release: (stored) => this.#release([...touched.values()], stored) };
  }

  /** Starts telling channels that keep a state on the other side about what still fires. */
  start(active: () => readonly ActiveAlert[]): void {
    for (const channel of this.#deps.channels) {
      const { resendMs, kind } = channel;
      if (resendMs === undefined) continue;
      const again = (): void => {
        if (this.#isStopped) return;
        for (const settings of this.#deps.settings().channels)
          if (settings.kind === kind && settings.isEnabled) this.#resend(settings, active());
        this.#resendTimers.set(kind, this.#deps.clock.after(resendMs, again));
      };
      this.#resendTimers.set(kind, this.#deps.clock.after(resendMs, again));
    }
  }

  /** Not a notice of its own: no row, no log; the next one comes anyway. */
  #resend(settings: ChannelSettings, active: readonly ActiveAlert[]): void {
    const at = this.#deps.clock.now();
    // What still waits to be told first must not be overtaken.
    if (this.waiting(settings.id) > 0) return;
    const items = active
      .filter(({ id, state }) => state === 'firing' && this.#told.get(id)?.has(settings.id))
      .map((alert) => ({ id: `${alert.id}/again/${at}`, kind: 'reminder' as const, at, alert }));
    if (items.length > 0) void sendNotice({ id: `${settings.id}/again/${at}`, at, items }, settings, this.#deps);
  }

  waiting(channelId: string): number {
    return this.#queues.get(channelId)?.waiting.length ?? 0;
  }

  lastDelivery(channelId: string): Queue['lastDelivery'] {
    return this.#queues.get(channelId)?.lastDelivery;
  }

  /** Settings have changed: what waited for a channel that is back, or gone, moves on. */
  settingsChanged(): void {
    for (const channel of this.#queues.keys()) this.#pump(channel);
  }

  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#queues.values()) timer?.[Symbol.dispose]();
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
    for (const told of this.#told.get(alert.id) ?? []) wanted.add(told);
    return channels.filter(({ id }) => wanted.has(id));
  }

  #isQuiet(alert: ActiveAlert, at: number): boolean {
    const { hours, except } = this.#deps.settings().quietHours;
    const ofRule = this.#deps.rule(alert.rule)?.quietHours ?? [];
    return isWithinHours(ofRule, at) || (!except.includes(alert.severity) && isWithinHours(hours, at));
  }

  #noteTold(alert: string, channel: string): void {
    this.#told.set(alert, (this.#told.get(alert) ?? new Set()).add(channel));
  }

  /** Joins a notice that nobody has tried to send yet, so that a flood becomes few notices; else begins one. */
  #add(channel: ChannelSettings, transition: Transition, at: number): Waiting {
    const { waiting } = this.#queue(channel.id);
    const last = waiting.at(-1);
    if (last !== undefined && !last.isSending && last.row.attempts === 0) {
      last.row = { ...last.row, items: [...last.row.items, transition] };
      return last;
    }
    this.#sequence += 1;
    const id = `${channel.id}/${at}/${this.#sequence}`;
    const row: OutboxRow = { id, channel: channel.id, at, due: at, attempts: 0, state: 'queued', items: [transition] };
    const created = { row, notBefore: 0, unstored: 0, isSending: false };
    // Until it is released nobody may send it.
    waiting.push(created);
    return created;
  }

  #release(touched: readonly Waiting[], stored: Promise<void>): void {
    if (touched.length === 0) {
      stored.catch(() => {});
      return;
    }
    for (const one of touched) one.unstored += 1;
    let isDone = false;
    const done = (): void => {
      if (isDone) return;
      isDone = true;
      patience[Symbol.dispose]();
      for (const one of touched) {
        one.unstored -= 1;
        this.#pump(one.row.channel);
      }
    };
    const patience = this.#deps.clock.after(storePatienceMs, done);
    stored.then(done, (error: Error) => {
      this.#deps.logger.warn('Notices are kept in memory only until the store works again', { error: error.message });
      done();
    });
  }

  #queue(channelId: string): Queue {
    let queue = this.#queues.get(channelId);
    if (queue === undefined) {
      queue = { waiting: [], limit: new RateLimit(this.#settingsOf(channelId)?.maxPerMinute ?? 10) };
      this.#queues.set(channelId, queue);
    }
    return queue;
  }

  #settingsOf = (channelId: string): ChannelSettings | undefined =>
    this.#deps.settings().channels.find(({ id }) => id === channelId);

  /** Sends the first notice of a channel if it may go, else comes back when it may. In order: an end never overtakes its beginning. */
  #pump(channelId: string): void {
    const queue = this.#queue(channelId);
    queue.timer?.[Symbol.dispose]();
    const [first] = queue.waiting;
    if (this.#isStopped || first === undefined || first.isSending || first.unstored > 0) return;
    const settings = this.#settingsOf(channelId);
    if (settings === undefined || !settings.isEnabled) {
      const message = settings === undefined ? 'The channel has been removed.' : 'The channel is switched off.';
      this.#attempted(queue, first, { kind: 'refused', reason: 'channel-off', message });
      return;
    }
    const waitMs = first.notBefore - this.#deps.clock.monotonic();
    if (waitMs > 0) {
      queue.timer = this.#deps.clock.after(waitMs, () => this.#pump(channelId));
      return;
    }
    queue.limit.perMinute = settings.maxPerMinute;
    const limitMs = queue.limit.take(this.#deps.clock.monotonic());
    if (limitMs > 0) {
      queue.timer = this.#deps.clock.after(limitMs, () => this.#pump(channelId));
      return;
    }
    first.isSending = true;
    const { id, at, items } = first.row;
    void sendNotice({ id, at, items }, settings, this.#deps).then((delivery) => {
      first.isSending = false;
      if (!this.#isStopped) this.#attempted(queue, first, delivery);
    });
  }

  #attempted(queue: Queue, one: Waiting, delivery: Delivery): void {
    const { row } = one;
    const now = this.#deps.clock.now();
    const attempts = row.attempts + 1;
    const isOver = delivery.kind === 'retry' && now - row.at >= giveUpAfterMs;
    const state =
      delivery.kind === 'delivered' ? 'delivered' : delivery.kind === 'retry' && !isOver ? 'queued' : 'gave-up';
    const reason = delivery.kind === 'delivered' ? 'delivered' : delivery.reason;
    const waitMs = delivery.kind === 'retry' ? retryDelayMs(attempts, this.#deps.random(), delivery.afterMs) : 0;
    const due = now + waitMs;
    one.row = { ...row, attempts, due, state };
    one.notBefore = this.#deps.clock.monotonic() + waitMs;
    if (state !== 'queued') queue.waiting.splice(queue.waiting.indexOf(one), 1);
    queue.lastDelivery = { at: now, ok: state === 'delivered', reason };
    if (state === 'gave-up')
      this.#deps.logger.warn('A notice was given up', { channel: row.channel, reason, message: delivery.message });
    const entry: DeliveryLogEntry = {
      at: now,
      notice: row.id,
      channel: row.channel,
      outcome: state === 'queued' ? 'retrying' : state,
      reason,
      message: delivery.message ?? 'Delivered.',
      attempt: attempts,
      transitions: row.items.map(({ id }) => id),
      titles: row.items.map(({ alert }) => alert.title),
    };
    // Not stored now means stored with the next: the writer keeps it.
    this.#deps
      .write([
        { op: 'attempted', id: row.id, state, due, attempts },
        { op: 'log', entry },
      ])
      .catch(() => {});
    this.#pump(row.channel);
  }
}

const notSent = (
  transition: Transition,
  channel: ChannelSettings,
  { reason, message }: { readonly reason: string; readonly message: string },
  at: number,
): DeliveryLogEntry => ({
  at,
  notice: '',
  channel: channel.id,
  outcome: 'not-sent',
  reason,
  message,
  attempt: 0,
  transitions: [transition.id],
  titles: [transition.alert.title],
});
