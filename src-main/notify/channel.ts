/** What a way of telling someone has to do. One file in `channels/`, one line in `channels/index.ts`. */
import type { z } from 'zod';
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { TransitionKind } from '../contract/alerts/alert-procedures.ts';
import type { ChannelField, ChannelKind } from '../contract/channels.ts';
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

/** How an attempt failed: in words with what to do, and `detail` as the peer or the system said it. None holds a secret. */
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

/** Options after the kind's own schema, and the secrets of its secret fields. */
interface ChannelConfig<Options> {
  readonly id: string;
  readonly options: Options;
  readonly secrets: Readonly<Record<string, string>>;
}

/** One field of a channel's form, with its words. */
interface ChannelFieldDescription extends Omit<ChannelField, 'title' | 'help' | 'choices'> {
  readonly title: Text;
  readonly help?: Text;
  readonly choices?: readonly { readonly value: string; readonly title: Text }[];
}

export interface Channel<Options = unknown> extends Omit<ChannelKind, 'title' | 'help' | 'fields'> {
  readonly title: Text;
  readonly help: Text;
  readonly fields: readonly ChannelFieldDescription[];
  /** What only this channel can meet. */
  readonly failures?: Readonly<Record<string, Sentence>>;
  readonly options: z.ZodType<Options>;
  /** Never throws for what a peer or a network does; must give up when the signal fires. */
  send(notification: Notification, config: ChannelConfig<Options>, context: SendContext): Promise<Delivery>;
  /** Told again while they fire, by channels that keep a state on the other side; milliseconds between two. */
  readonly resendMs?: number;
}

/** As it travels: in English, for scripts; a window asks for its own language by `channel.<kind>`. */
export const channelInfo = ({ kind, title, help, fields }: Channel): ChannelKind => ({
  kind,
  title: title.en,
  help: help.en,
  fields: fields.map(({ title: label, help: more, choices, ...field }) => ({
    ...field,
    title: label.en,
    ...(more !== undefined && { help: more.en }),
    ...(choices !== undefined && { choices: choices.map((one) => ({ value: one.value, title: one.title.en })) }),
  })),
});
