/**
 * The notifications of one channel on their way: in order, so that an end never overtakes its beginning, within the
 * channel's rate, tried again until they arrive or are given up.
 */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Transition } from '../contract/alerts/alert-procedures.ts';
import type { DeliveryLogEntry, LastDelivery } from '../contract/channels.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';
import type { Logger } from '../platform/logger.ts';
import type { OutboxRow, RecordOperation } from '../store/records/record-types.ts';
import { deliveryWords, notDelivered } from './delivery-words.ts';
import { lastDeliveryOf } from './last-delivery.ts';
import { RateLimit } from './rate-limit.ts';
import { giveUpAfterMs, longestWaitMs, retryDelayMs } from './retry.ts';
import { type FittingDelivery, SendProgress } from './send-fitting.ts';
import { type SendDeps, sendNotification } from './send-notification.ts';

export interface DeliveryQueueDeps extends SendDeps {
  readonly logger: Logger;
  /** Of this channel; undefined once it is removed. */
  readonly settings: () => ChannelSettings | undefined;
  readonly write: (operations: readonly RecordOperation[]) => Promise<void>;
  /** 0–1. */
  readonly random: () => number;
}

export interface WaitingNotification {
  readonly row: OutboxRow;
}

interface Waiting extends WaitingNotification {
  row: OutboxRow;
  /** By the monotonic clock: setting the wall clock must not hold a notification for an hour. */
  notBefore: number;
  /** Stores that its sending waits for. */
  unstored: number;
  isSending: boolean;
  /** Parts that arrived need not be sent again. */
  readonly progress: SendProgress;
  /** Attempts in a row that got nothing further, and when the last one did. */
  stuck: number;
  movedAt: number;
}

export class DeliveryQueue {
  readonly #channelId: string;
  readonly #deps: DeliveryQueueDeps;
  readonly #limit: RateLimit;
  readonly #waiting: Waiting[] = [];
  #timer: Disposable | undefined;
  #sequence = 0;
  #isStopped = false;
  #isResending = false;
  lastDelivery: LastDelivery | undefined;

  constructor(channelId: string, deps: DeliveryQueueDeps) {
    this.#channelId = channelId;
    this.#deps = deps;
    this.#limit = new RateLimit(deps.settings()?.maxPerMinute ?? 1);
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** What an earlier run left. */
  restore(row: OutboxRow): void {
    const { clock } = this.#deps;
    const waitMs = row.attempts === 0 ? 0 : Math.min(longestWaitMs, Math.max(0, row.due - clock.now()));
    this.#waiting.push({
      row,
      notBefore: clock.monotonic() + waitMs,
      unstored: 0,
      isSending: false,
      progress: new SendProgress(),
      stuck: row.attempts,
      movedAt: row.at,
    });
  }

  /**
   * Joins a notification that nobody has tried to send yet, so that a flood becomes few notifications; else begins one.
   */
  add(transition: Transition, at: number): WaitingNotification {
    const last = this.#waiting.at(-1);
    if (last !== undefined && !last.isSending && last.row.attempts === 0) {
      last.row = { ...last.row, items: [...last.row.items, transition] };
      return last;
    }
    this.#sequence += 1;
    const channel = this.#channelId;
    const id = `${channel}/${at}/${this.#sequence}`;
    const row: OutboxRow = { id, channel, at, due: at, attempts: 0, state: 'queued', items: [transition] };
    const created: Waiting = {
      row,
      notBefore: 0,
      unstored: 0,
      isSending: false,
      progress: new SendProgress(),
      stuck: row.attempts,
      movedAt: row.at,
    };
    this.#waiting.push(created);
    return created;
  }

  /** Holds a notification back until it is safe to send. */
  sendOnce(isSafe: Promise<void>, notification: WaitingNotification): void {
    const waiting = notification as Waiting;
    waiting.unstored += 1;
    void isSafe.then(() => {
      waiting.unstored -= 1;
      this.pump();
    });
  }

  /** Sends the first notification if it may go, else comes back when it may. */
  pump(): void {
    this.#timer?.[Symbol.dispose]();
    const [first] = this.#waiting;
    if (this.#isStopped || first === undefined || first.isSending || first.unstored > 0 || this.#isResending) return;
    const settings = this.#deps.settings();
    if (settings === undefined || !settings.isEnabled) {
      const why = settings === undefined ? deliveryWords['channel-removed'] : deliveryWords['channel-off'];
      this.#attempted(first, { ...notDelivered('refused', why), reason: 'channel-off' });
      return;
    }
    const { clock } = this.#deps;
    this.#limit.perMinute = settings.maxPerMinute;
    const untilDueMs = first.notBefore - clock.monotonic();
    const waitMs = untilDueMs > 0 ? untilDueMs : this.#limit.take(clock.monotonic());
    if (waitMs > 0) {
      this.#timer = clock.after(waitMs, () => this.pump());
      return;
    }
    first.isSending = true;
    const { id, at, items } = first.row;
    const before = first.progress.steps;
    void sendNotification({ id, at, items }, settings, this.#deps, {}, first.progress).then((delivery) => {
      first.isSending = false;
      // A receiver that takes some parts and asks to wait for the rest is not one that fails again and again.
      if (first.progress.steps > before) Object.assign(first, { stuck: 0, movedAt: this.#deps.clock.now() });
      if (!this.#isStopped) this.#attempted(first, delivery);
    });
  }

  /**
   * Tells a channel that keeps a state on the other side what still fires. Not a notification of its own: no row, no
   * log; the next one comes anyway. It neither overtakes what waits nor is overtaken: an old "fires" after the end
   * would bring the alert back.
   */
  resend(firing: readonly ActiveAlert[]): void {
    const settings = this.#deps.settings();
    if (this.#isStopped || firing.length === 0 || this.#waiting.length > 0 || settings === undefined) return;
    const at = this.#deps.clock.now();
    const items = firing.map((alert) => ({ id: `${alert.id}/again/${at}`, kind: 'reminder' as const, at, alert }));
    this.#isResending = true;
    void sendNotification({ id: `${this.#channelId}/again/${at}`, at, items }, settings, this.#deps).then(() => {
      this.#isResending = false;
      this.pump();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.[Symbol.dispose]();
  }

  #attempted(one: Waiting, delivery: FittingDelivery): void {
    const { clock, logger, random, write } = this.#deps;
    const { row } = one;
    const now = clock.now();
    const attempts = row.attempts + 1;
    one.stuck += 1;
    const isOver = delivery.kind === 'retry' && now - one.movedAt >= giveUpAfterMs;
    const state =
      delivery.kind === 'delivered' ? 'delivered' : delivery.kind === 'retry' && !isOver ? 'queued' : 'gave-up';
    const waitMs = delivery.kind === 'retry' ? retryDelayMs(one.stuck, random(), delivery.afterMs) : 0;
    const due = now + waitMs;
    one.row = { ...row, attempts, due, state };
    one.notBefore = clock.monotonic() + waitMs;
    if (state !== 'queued') this.#waiting.splice(this.#waiting.indexOf(one), 1);
    const last = lastDeliveryOf(now, delivery);
    this.lastDelivery = last;
    const { reason, message } = last;
    if (state === 'gave-up') logger.warn('A notification was given up', { channel: row.channel, reason, message });
    const entryOf = (
      items: OutboxRow['items'],
      ended: Pick<DeliveryLogEntry, 'outcome' | 'reason' | 'message'>,
    ): DeliveryLogEntry => ({
      at: now,
      notification: row.id,
      channel: row.channel,
      ...ended,
      attempt: attempts,
      transitions: items.map(({ id }) => id),
      titles: items.map(({ alert }) => alert.title),
    });
    const outcome = state === 'queued' ? ('retrying' as const) : state;
    // Of a notification in parts, some may have arrived.
    const refused = new Set(delivery.refusedItems ?? row.items.map(({ id }) => id));
    const arrived = row.items.filter(({ id }) => !refused.has(id));
    const entries = [
      entryOf(arrived.length === 0 ? row.items : row.items.filter(({ id }) => refused.has(id)), {
        outcome,
        reason,
        message,
      }),
      ...(arrived.length === 0
        ? []
        : [entryOf(arrived, { outcome: 'delivered', reason: 'delivered', message: deliveryWords.delivered.text.en })]),
    ];
    // Not stored now means stored with the next: the writer keeps it.
    write([
      { op: 'attempted', id: row.id, state, due, attempts },
      ...entries.map((entry) => ({ op: 'log' as const, entry })),
    ]).catch(() => {});
    this.pump();
  }
}
