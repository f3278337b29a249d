/** Tells transitions to the channels of their severity. */
import { hostname } from 'node:os';
import type { Transition } from '../contract/alerts.ts';
import type { NotifySettings } from '../contract/settings/notify.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Channel, Language } from './channel.ts';

export interface Notifier {
  deliver(transitions: readonly Transition[]): void;
}

export interface NotifierDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channels: readonly Channel[];
  readonly settings: () => NotifySettings;
  readonly language: () => Language;
  readonly dashboard: () => string | undefined;
}

export function createNotifier(deps: NotifierDeps): Notifier {
  return {
    deliver(transitions) {
      const { channels, routes } = deps.settings();
      for (const channel of channels) {
        const kind = deps.channels.find((one) => one.kind === channel.kind);
        const items = transitions.filter(
          ({ kind: what, alert }) =>
            ['fired', 'resolved', 'flapping', 'reminder'].includes(what) &&
            routes[alert.severity].includes(channel.id) &&
            alert.inhibitedBy === undefined &&
            alert.silencedUntil === undefined,
        );
        if (kind === undefined || !channel.isEnabled || items.length === 0) continue;
        const at = deps.clock.now();
        void kind
          .send(
            { id: `${channel.id}@${at}`, at, items },
            { id: channel.id, options: channel.options, secrets: {} },
            {
              language: deps.language(),
              clock: deps.clock,
              signal: new AbortController().signal,
              machine: hostname(),
              dashboard: deps.dashboard(),
            },
          )
          .then((delivery) => {
            if (delivery.kind !== 'delivered')
              deps.logger.warn('A notice was not delivered', { channel: channel.id, reason: delivery.message });
          });
      }
    },
  };
}
