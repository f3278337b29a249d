import type { LastDelivery } from '../contract/channels.ts';
import { type Message, say } from '../contract/text/message.ts';
import type { Delivery } from './channel.ts';
import { deliveryWords } from './delivery-words.ts';

/** What the settings show of the last attempt. */
export const lastDeliveryOf = (at: number, delivery: Delivery): LastDelivery => ({
  at,
  ok: delivery.kind === 'delivered',
  reason: delivery.kind === 'delivered' ? 'delivered' : delivery.reason,
  ...whatWasSaid(delivery),
});

/** Of a delivery without words: that it was one. */
export function whatWasSaid(delivery: Delivery): Message & { readonly detail?: string } {
  const { code, message, values, detail } = delivery;
  if (code === undefined || message === undefined) return say(deliveryWords.delivered);
  return { code, message, ...(values !== undefined && { values }), ...(detail !== undefined && { detail }) };
}
