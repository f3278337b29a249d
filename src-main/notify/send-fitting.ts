/**
 * One notification in as many pieces as its receiver takes: what is too many or too large goes in parts, a single alert
 * that is still too large in fewer words. Each part has an id that stays the same at every attempt, and what was
 * delivered once is not sent again when a later part has to wait.
 */
import type { Channel, Delivery, Notification, NotificationItem, SendContext } from './channel.ts';

/** What earlier attempts found out about a notification. */
export class SendProgress {
  /** Ids of parts that arrived. */
  readonly delivered = new Set<string>();
  /** Parts that have to be divided or shortened, by id. */
  readonly tooLarge = new Map<string, Delivery>();

  /** Grows with each thing found out. */
  get steps(): number {
    return this.delivered.size + this.tooLarge.size;
  }
}

/** How the attempt ended as a whole; of some alerts it may be known that they are given up. */
export type FittingDelivery = Delivery & { readonly refusedItems?: readonly string[] };

type Send = (notification: Notification) => Promise<Delivery>;

export async function sendFitting(
  channel: Channel,
  notification: Notification,
  config: Parameters<Channel['send']>[1],
  context: SendContext,
  progress = new SendProgress(),
): Promise<FittingDelivery> {
  const send: Send = async (part) => {
    if (progress.delivered.has(part.id)) return { kind: 'delivered' };
    const known = progress.tooLarge.get(part.id);
    if (known !== undefined) return known;
    const delivery = await channel.send(part, config, context);
    if (delivery.kind === 'delivered') progress.delivered.add(part.id);
    else if (delivery.kind === 'refused' && delivery.reason === 'too-large') progress.tooLarge.set(part.id, delivery);
    return delivery;
  };
  return sendParts(notification, channel.maxItems ?? Number.POSITIVE_INFINITY, send);
}

async function sendParts(notification: Notification, maxItems: number, send: Send): Promise<FittingDelivery> {
  const { id, items } = notification;
  if (items.length <= maxItems) {
    const whole = await send(notification);
    if (whole.kind !== 'refused' || whole.reason !== 'too-large') return whole;
    if (items.length < 2) return sendShorter(notification, whole, send);
  }
  const size = Math.min(maxItems, Math.ceil(items.length / 2));
  const refusedItems: string[] = [];
  let refused: Delivery | undefined;
  let note: Delivery | undefined;
  for (let from = 0, number = 1; from < items.length; from += size, number += 1) {
    const part = { ...notification, id: `${id}/${number}`, items: items.slice(from, from + size) };
    const delivery = await sendParts(part, maxItems, send);
    // One that may be taken later holds back those behind it; one that is refused does not.
    if (delivery.kind === 'retry') return delivery;
    if (delivery.kind === 'refused') {
      refused ??= delivery;
      refusedItems.push(...(delivery.refusedItems ?? part.items.map((item) => item.id)));
    } else if (delivery.message !== undefined) note ??= delivery;
  }
  if (refused !== undefined) return { ...refused, refusedItems };
  return note ?? { kind: 'delivered' };
}

async function sendShorter(notification: Notification, whole: Delivery, send: Send): Promise<Delivery> {
  let delivery = whole;
  for (const [index, shorten] of [withoutAdvice, inAFewWords].entries()) {
    const id = `${notification.id}/short-${index + 1}`;
    delivery = await send({ ...notification, id, items: notification.items.map(shorten) });
    if (delivery.kind !== 'refused' || delivery.reason !== 'too-large') return delivery;
  }
  return delivery;
}

function withoutAdvice(item: NotificationItem): NotificationItem {
  const { advice: _, runbook: __, ...alert } = item.alert;
  return {
    ...item,
    alert: { ...alert, culprits: [], title: cut(alert.title, 200), summary: cut(alert.summary, 300) },
  };
}

function inAFewWords(item: NotificationItem): NotificationItem {
  const { alert, ...rest } = withoutAdvice(item);
  const labels = Object.fromEntries(
    Object.entries(alert.labels).map(([name, value]) => [cut(name, 60), cut(value, 60)]),
  );
  return { ...rest, alert: { ...alert, labels, title: cut(alert.title, 80), summary: cut(alert.summary, 100) } };
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
