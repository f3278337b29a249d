import type { LastDelivery } from '../contract/channels.ts';
import type { Delivery } from './channel.ts';

/** What the settings show of the last attempt. */
export const lastDeliveryOf = (at: number, delivery: Delivery): LastDelivery => ({
  at,
  ok: delivery.kind === 'delivered',
  reason: delivery.kind === 'delivered' ? 'delivered' : delivery.reason,
  message: delivery.message ?? 'Delivered.',
  ...(delivery.detail !== undefined && { detail: delivery.detail }),
});
