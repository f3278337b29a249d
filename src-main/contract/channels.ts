/** Ways to tell someone: what kinds there are, which the user has set up, whether they work. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { drafted } from './forms/form-procedures.ts';
import { type ChannelSettings, channelSettingsSchema } from './settings/notify.ts';
import type { Values } from './text/message.ts';

/** Its form is among those of `forms.list`, as `channel.<kind>`. */
export interface ChannelKind {
  readonly kind: string;
  readonly title: string;
  readonly help: string;
}

/** How the last attempt ended: by its code, in words with what to do, and as the peer or the system said it. */
export interface LastDelivery {
  readonly at: number;
  readonly ok: boolean;
  readonly reason: string;
  readonly code: string;
  readonly message: string;
  readonly values?: Values;
  readonly detail?: string;
}

export interface ChannelView {
  readonly channel: ChannelSettings;
  /** Names of secret fields that have a value; the values never leave the core. */
  readonly secretsSet: readonly string[];
  readonly lastDelivery?: LastDelivery;
  readonly waiting: number;
}

export interface HeartbeatState {
  /** Whether there is an address to call. */
  readonly isSet: boolean;
  /** Absent: not called yet. */
  readonly last?: LastDelivery;
}

/** What became of one attempt, or of a decision not to send. */
export interface DeliveryLogEntry {
  readonly at: number;
  /** Notification id; the same for every attempt. */
  readonly notification: string;
  readonly channel: string;
  readonly outcome: 'delivered' | 'retrying' | 'gave-up' | 'not-sent';
  /** Stable, kebab-case: `delivered`, `silenced`, `inhibited`, `quiet-hours`, `connection-refused`, … */
  readonly reason: string;
  /** In words, for the user. */
  readonly message: string;
  readonly attempt: number;
  /** Transitions that it told or would have told. */
  readonly transitions: readonly string[];
  readonly titles: readonly string[];
}

/** A test's answer: `message` says what happened in words, `next` what to try. */
export interface ChannelTestAnswer {
  readonly ok: boolean;
  readonly outcome: 'delivered' | 'retry' | 'refused';
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly values?: Values;
  /** What the peer or the system said. */
  readonly detail?: string;
  readonly next: string;
  readonly ms: number;
}

const secrets = z.record(z.string().max(60), z.string().max(20_000).nullable()).default({});

export const channelsContract = {
  channels: {
    kinds: base.output(type<readonly ChannelKind[]>()),
    list: base.output(type<readonly ChannelView[]>()),
    /** Adds or replaces; `secrets` that are not named stay, null takes one away. */
    save: base.input(z.object({ channel: drafted(channelSettingsSchema), secrets })).output(type<ChannelView>()),
    remove: base.input(z.object({ id: z.string().max(60) })).output(type<Record<string, never>>()),
    /** Sends a test with these settings, saved or not; secrets not given are those saved under the id. */
    test: base.input(z.object({ channel: drafted(channelSettingsSchema), secrets })).output(type<ChannelTestAnswer>()),
    log: base
      .input(
        z.object({ channel: z.string().max(60).optional(), limit: z.number().int().min(1).max(1000).default(100) }),
      )
      .output(type<readonly DeliveryLogEntry[]>()),
    /** The heartbeat's URL; null takes it away. */
    setHeartbeat: base
      .input(z.object({ url: z.url({ protocol: /^https?$/ }).nullable() }))
      .output(type<{ isSet: boolean }>()),
    heartbeat: base.output(type<HeartbeatState>()),
  },
};
