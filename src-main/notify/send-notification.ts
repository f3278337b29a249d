/** One attempt to deliver one notification: options and secrets checked, time limited, nothing thrown. */

import { metaOfField, secretNamesOf } from '../contract/forms/form-of-schema.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';
import type { Speaker } from '../messages/catalogue.ts';
import type { Clock } from '../platform/clock.ts';
import { hideSecrets } from '../platform/hide-secrets.ts';
import type { Channel, Delivery, Notification } from './channel.ts';
import { deliveryWords, notDelivered } from './delivery-words.ts';
import { type FittingDelivery, SendProgress, sendFitting } from './send-fitting.ts';

export interface SendDeps {
  readonly clock: Clock;
  readonly channels: readonly Channel[];
  /** By channel id and field. */
  readonly secret: (channelId: string, field: string) => Promise<string | undefined>;
  readonly speaker: () => Speaker;
  readonly machine: string;
  readonly dashboard: () => string | undefined;
}

/** Longer than any peer that works needs; a hanging one must not hold up the rest for long. */
const attemptMs = 20_000;

export async function sendNotification(
  notification: Notification,
  settings: ChannelSettings,
  deps: SendDeps,
  givenSecrets: Readonly<Record<string, string | null>> = {},
  progress = new SendProgress(),
): Promise<FittingDelivery> {
  const channel = deps.channels.find(({ kind }) => kind === settings.kind);
  if (channel === undefined) return notDelivered('refused', deliveryWords['unknown-kind'], { kind: settings.kind });
  const secretFields = secretNamesOf(channel.options);
  const secrets: Record<string, string> = {};
  for (const field of secretFields) {
    const given = givenSecrets[field];
    const value = given === undefined ? await deps.secret(settings.id, field) : given;
    if (typeof value === 'string' && value !== '') secrets[field] = value;
  }
  const given = Object.entries(settings.options).filter(([name]) => !secretFields.includes(name));
  const options = channel.options.safeParse({ ...Object.fromEntries(given), ...secrets });
  if (!options.success) {
    const issue = options.error.issues[0];
    const setting = issue?.path.join('.') ?? '';
    if (secretFields.includes(setting) && !(setting in secrets))
      return notDelivered('refused', deliveryWords['secret-missing'], { field: labelOf(channel, setting) });
    return notDelivered('refused', deliveryWords['wrong-settings'], {
      setting,
      ...(issue !== undefined && { detail: issue.message }),
    });
  }
  const abort = new AbortController();
  const late: Delivery = {
    ...notDelivered('retry', deliveryWords['no-answer'], { seconds: attemptMs / 1000 }),
    reason: 'timed-out',
  };
  let timer: Disposable | undefined;
  const timeout = new Promise<Delivery>((resolve) => {
    timer = deps.clock.after(attemptMs, () => {
      abort.abort();
      resolve(late);
    });
  });
  try {
    const sending = sendFitting(
      channel,
      notification,
      { id: settings.id, options: options.data },
      {
        speaker: deps.speaker(),
        clock: deps.clock,
        signal: abort.signal,
        machine: deps.machine,
        dashboard: deps.dashboard(),
      },
      progress,
    );
    return withoutSecrets(await Promise.race<FittingDelivery>([sending, timeout]), Object.values(secrets));
  } catch (error) {
    return withoutSecrets(
      notDelivered('retry', deliveryWords['not-sent'], { detail: (error as Error).message }),
      Object.values(secrets),
    );
  } finally {
    timer?.[Symbol.dispose]();
  }
}

function labelOf({ options }: Channel, field: string): string {
  const schema = options.shape[field];
  return (schema === undefined ? undefined : metaOfField(schema).label?.en) ?? field;
}

export function withoutSecrets<D extends Delivery>(delivery: D, secrets: readonly string[]): D {
  const { message, detail, values } = delivery;
  const hide = (text: string): string => hideSecrets(text, secrets);
  return {
    ...delivery,
    ...(message !== undefined && { message: hide(message) }),
    ...(detail !== undefined && { detail: hide(detail) }),
    ...(values !== undefined && {
      values: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
      ),
    }),
  };
}
