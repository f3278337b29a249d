/** What a way of telling someone has to do. One file in `channels/`, one line in `channels/index.ts`. */
import { z } from 'zod';
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { TransitionKind } from '../contract/alerts/alert-procedures.ts';
import type { ChannelKind } from '../contract/channels.ts';
import { type DescribedForm, describeForm } from '../contract/forms/form-of-schema.ts';
import { channelSettingsSchema } from '../contract/settings/notify.ts';
import type { Message, Sentence } from '../contract/text/message.ts';
import type { Text } from '../contract/text/text.ts';
import type { Speaker } from '../messages/catalogue.ts';
import type { Clock } from '../platform/clock.ts';

/** One thing to tell. */
export interface NotificationItem {
  /** The transition's id. */
  readonly id: string;
  readonly kind: TransitionKind;
  readonly at: number;
  readonly alert: ActiveAlert;
}

/** What is told at once; its id is the same at each attempt, for peers that can tell a repeat. */
export interface Notification {
  readonly id: string;
  readonly at: number;
  readonly items: readonly NotificationItem[];
  /** Not about a real alert: "send a test". */
  readonly isTest?: boolean;
}

/**
 * How an attempt failed: in words with what to do, and `detail` as the peer or the system said it. None holds a secret.
 */
export interface FailedDelivery extends Message {
  /** `retry` may work later, `refused` not before someone changes something. */
  readonly kind: 'retry' | 'refused';
  /** kebab-case and stable. */
  readonly reason: string;
  readonly detail?: string;
  /** Not before, where the peer said so. */
  readonly afterMs?: number;
}

export type Delivery = ({ readonly kind: 'delivered'; readonly detail?: string } & Partial<Message>) | FailedDelivery;

export interface SendContext {
  readonly speaker: Speaker;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Name of this machine. */
  readonly machine: string;
  /** Where the dashboard answers, without its token; undefined where it does not. */
  readonly dashboard: string | undefined;
}

/** Options after the kind's own schema, with the values of its secret fields among them: they live for one attempt. */
interface ChannelConfig<Options> {
  readonly id: string;
  readonly options: Options;
}

export interface Channel<Options = unknown> {
  /** Word of the settings, and of its texts: `channel.<kind>`. */
  readonly kind: string;
  readonly title: Text;
  readonly help: Text;
  /** What only this channel can meet. */
  readonly failures?: Readonly<Record<string, Sentence>>;
  /** What it asks for. A form is drawn from it; fields whose meta says `secret` are kept apart from the settings. */
  readonly options: z.ZodObject & z.ZodType<Options>;
  /** Never throws for what a peer or a network does; must give up when the signal fires. */
  send(notification: Notification, config: ChannelConfig<Options>, context: SendContext): Promise<Delivery>;
  /** More at once are sent in parts; all that its message has room for, and not "and 20 more". */
  readonly maxItems?: number;
  /** Told again while they fire, by channels that keep a state on the other side; milliseconds between two. */
  readonly resendMs?: number;
}

/** The form of a channel: what all have, and within it, under `options`, what this kind asks for. */
export const channelForm = ({ kind, title, help, options }: Channel): DescribedForm => {
  const { title: name, options: _, ...others } = channelSettingsSchema.shape;
  const schema = z.object({ title: name, options: options.meta({ label: title, inline: true }), ...others });
  return describeForm(`channel.${kind}`, schema.meta({ label: title, help }));
};

/** As it travels: in English, for scripts; a window asks for its own language by `channel.<kind>`. */
export const channelInfo = ({ kind, title, help }: Channel): ChannelKind => ({ kind, title: title.en, help: help.en });
