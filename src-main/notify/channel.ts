/** What a way of telling someone has to do. One file in `channels/`, one line in `channels/index.ts`. */
import type { z } from 'zod';
import type { ActiveAlert } from '../contract/alert.ts';
import type { TransitionKind } from '../contract/alerts.ts';
import type { ChannelKind } from '../contract/channels.ts';
import type { DeliveryReason } from '../contract/wordings.ts';
import type { Clock } from '../platform/clock.ts';

export type Language = 'en' | 'de';

/** One thing to tell. */
export interface NoticeItem {
  /** The transition's id. */
  readonly id: string;
  readonly kind: TransitionKind;
  readonly at: number;
  readonly alert: ActiveAlert;
}

/** What is told at once; its id is the same at each attempt, for peers that can tell a repeat. */
export interface Notice {
  readonly id: string;
  readonly at: number;
  readonly items: readonly NoticeItem[];
  /** Not about a real alert: "send a test". */
  readonly isTest?: boolean;
}

/** How an attempt ended. `reason` is kebab-case and stable, `message` says it in words with what to do, and
 * `detail` is what the peer or the system said. None holds a secret. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly message?: string; readonly detail?: string }
  /** May work later; not before `afterMs`, where the peer said so. */
  | {
      readonly kind: 'retry';
      readonly reason: DeliveryReason;
      readonly message: string;
      readonly detail?: string;
      readonly afterMs?: number;
    }
  /** Will not work until someone changes something. */
  | { readonly kind: 'refused'; readonly reason: DeliveryReason; readonly message: string; readonly detail?: string };

export interface SendContext {
  readonly language: Language;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Name of this machine. */
  readonly machine: string;
  /** Where the dashboard answers, without its token; undefined where it does not. */
  readonly dashboard: string | undefined;
}

/** Options after the kind's own schema, and the secrets of its secret fields. */
export interface ChannelConfig<Options> {
  readonly id: string;
  readonly options: Options;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Channel<Options = unknown> extends ChannelKind {
  readonly options: z.ZodType<Options>;
  /** Never throws for what a peer or a network does; must give up when the signal fires. */
  send(notice: Notice, config: ChannelConfig<Options>, context: SendContext): Promise<Delivery>;
  /** Told again while they fire, by channels that keep a state on the other side; milliseconds between two. */
  readonly resendMs?: number;
}
