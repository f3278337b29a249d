/** One attempt to deliver one notice: options and secrets checked, time limited, nothing thrown. */

import type { ChannelSettings } from '../contract/settings/notify.ts';
import type { DeliveryReason } from '../contract/wordings.ts';
import type { Clock } from '../platform/clock.ts';
import type { Channel, Delivery, Language, Notice } from './channel.ts';
import { hideSecrets } from './hide-secrets.ts';

export interface SendDeps {
  readonly clock: Clock;
  readonly channels: readonly Channel[];
  /** By channel id and field. */
  readonly secret: (channelId: string, field: string) => Promise<string | undefined>;
  readonly language: () => Language;
  readonly machine: string;
  readonly dashboard: () => string | undefined;
}

/** Longer than any peer that works needs; a hanging one must not hold up the rest for long. */
const attemptMs = 20_000;

export async function sendNotice(
  notice: Notice,
  settings: ChannelSettings,
  deps: SendDeps,
  givenSecrets: Readonly<Record<string, string | null>> = {},
): Promise<Delivery> {
  const channel = deps.channels.find(({ kind }) => kind === settings.kind);
  if (channel === undefined) return refused('unknown-kind', `There is no channel of the kind "${settings.kind}".`);
  const options = channel.options.safeParse(settings.options);
  if (!options.success) {
    const issue = options.error.issues[0];
    return refused(
      'wrong-settings',
      `The setting "${issue?.path.join('.')}" is wrong: ${issue?.message}.`,
      issue?.path.join('.'),
    );
  }
  const secrets: Record<string, string> = {};
  for (const field of channel.fields) {
    if (field.type !== 'secret') continue;
    const given = givenSecrets[field.name];
    const value = given === undefined ? await deps.secret(settings.id, field.name) : given;
    if (typeof value === 'string' && value !== '') secrets[field.name] = value;
    else if (field.isRequired) return refused('secret-missing', `"${field.title}" is not set.`, field.name);
  }
  const abort = new AbortController();
  const late: Delivery = {
    kind: 'retry',
    reason: 'timed-out',
    message: `There was no answer within ${attemptMs / 1000} seconds. The address may be wrong, or a firewall swallows the connection.`,
  };
  let timer: Disposable | undefined;
  const timeout = new Promise<Delivery>((resolve) => {
    timer = deps.clock.after(attemptMs, () => {
      abort.abort();
      resolve(late);
    });
  });
  try {
    const sending = channel.send(
      notice,
      { id: settings.id, options: options.data, secrets },
      {
        language: deps.language(),
        clock: deps.clock,
        signal: abort.signal,
        machine: deps.machine,
        dashboard: deps.dashboard(),
      },
    );
    return withoutSecrets(await Promise.race([sending, timeout]), Object.values(secrets));
  } catch (error) {
    return withoutSecrets(
      { kind: 'retry', reason: 'failed', message: (error as Error).message, detail: (error as Error).message },
      Object.values(secrets),
    );
  } finally {
    timer?.[Symbol.dispose]();
  }
}

const refused = (reason: DeliveryReason, message: string, detail?: string): Delivery => ({
  kind: 'refused',
  reason,
  message,
  ...(detail !== undefined && { detail }),
});

export function withoutSecrets(delivery: Delivery, secrets: readonly string[]): Delivery {
  if (delivery.message === undefined) return delivery;
  const message = hideSecrets(delivery.message, secrets);
  if (delivery.detail === undefined) return { ...delivery, message };
  return { ...delivery, message, detail: hideSecrets(delivery.detail, secrets) };
}
