/**
 * Channels of notifications: kinds, settings, secrets, tests and the delivery log: the procedures of
 * contract/channels.ts.
 */
import { implement } from '@orpc/server';
import { type ChannelView, channelsContract } from '../contract/channels.ts';
import { secretNamesOf } from '../contract/forms/form-of-schema.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';
import { redactSettings, restoreHidden } from '../contract/text/redact.ts';
import { type Channel, channelInfo } from '../notify/channel.ts';
import type { Heartbeat } from '../notify/heartbeat.ts';
import type { Outbox } from '../notify/outbox.ts';
import type { SendDeps } from '../notify/send-notification.ts';
import { sendTest } from '../notify/test-notification.ts';
import { channelSecret, heartbeatSecret, type SecretStore } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { AlertRecords } from '../store/records/record-types.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface ChannelsDeps {
  readonly channels: readonly Channel[];
  readonly outbox: Outbox;
  readonly heartbeat: Heartbeat;
  readonly records: AlertRecords;
  readonly secrets: SecretStore;
  readonly settings: SettingsStore;
  readonly send: SendDeps;
}

const shown = (channel: ChannelSettings): ChannelSettings => redactSettings(channel, { isForFile: false, isKey: true });

export function channelsProcedures(deps: ChannelsDeps) {
  const os = implement(channelsContract);
  const { channels, outbox, secrets, settings } = deps;
  const secretFields = (kind: string): readonly string[] => {
    const channel = channels.find((one) => one.kind === kind);
    return channel === undefined ? [] : secretNamesOf(channel.options);
  };

  const view =
    (names: readonly string[]) =>
    (channel: ChannelSettings): ChannelView => {
      const last = outbox.lastDelivery(channel.id);
      return {
        channel: shown(channel),
        secretsSet: secretFields(channel.kind).filter((field) => names.includes(channelSecret(channel.id, field))),
        waiting: outbox.waiting(channel.id),
        ...(last !== undefined && { lastDelivery: last }),
      };
    };

  const save = async (
    channel: ChannelSettings,
    given: Readonly<Record<string, string | null>>,
  ): Promise<Outcome<ChannelView>> => {
    const kind = channels.find((one) => one.kind === channel.kind);
    if (kind === undefined) return failed('unknown-kind', { kind: channel.kind });
    const isSecret = (name: unknown): boolean => secretNamesOf(kind.options).some((field) => field === name);
    const issue = kind.options
      .safeParse({ ...channel.options, ...given })
      // A secret that is not given is one that is kept, or is asked for when it is needed.
      .error?.issues.find(({ path }) => !isSecret(path[0]) || typeof given[String(path[0])] === 'string');
    if (issue !== undefined) {
      return failed('channel-refused', { setting: issue.path.join('.'), detail: issue.message });
    }
    // A secret among the options would end up in exports: only the fields that the kind names are kept.
    const known = new Set(Object.keys(kind.options.shape).filter((name) => !isSecret(name)));
    const clean = {
      ...channel,
      options: Object.fromEntries(Object.entries(channel.options).filter(([name]) => known.has(name))),
    };
    const saved = await settings.update(({ notify }) => {
      const isNew = !notify.channels.some(({ id }) => id === channel.id);
      const channels = isNew
        ? [...notify.channels, clean]
        : notify.channels.map((one) => (one.id === channel.id ? clean : one));
      return { notify: { ...notify, channels } };
    });
    if (!saved.ok) return saved;
    for (const field of secretFields(channel.kind)) {
      const value = given[field];
      if (value === null || value === '') await secrets.delete(channelSecret(channel.id, field));
      else if (value !== undefined) await secrets.set(channelSecret(channel.id, field), value);
    }
    return ok(view(await secrets.names())(clean));
  };

  const remove = async (id: string): Promise<Outcome<Record<string, never>>> => {
    const without = (ids: readonly string[]): string[] => ids.filter((one) => one !== id);
    const saved = await settings.update(({ notify }) => {
      const { info, warning, critical } = notify.routes;
      return {
        notify: {
          ...notify,
          channels: notify.channels.filter((one) => one.id !== id),
          routes: { info: without(info), warning: without(warning), critical: without(critical) },
        },
      };
    });
    if (!saved.ok) return saved;
    for (const name of await secrets.names()) if (name.startsWith(channelSecret(id, ''))) await secrets.delete(name);
    return ok({});
  };

  return os.router({
    channels: {
      kinds: os.channels.kinds.handler(() => channels.map(channelInfo)),
      list: os.channels.list.handler(async () => settings.current.notify.channels.map(view(await secrets.names()))),
      save: os.channels.save.handler(async ({ input, errors }) =>
        valueOrThrow(await save(input.channel, input.secrets), errors),
      ),
      remove: os.channels.remove.handler(async ({ input, errors }) => valueOrThrow(await remove(input.id), errors)),
      test: os.channels.test.handler(({ input }) => {
        const saved = settings.current.notify.channels.find(({ id }) => id === input.channel.id);
        return sendTest(restoreHidden(input.channel, saved), input.secrets, deps.send);
      }),
      log: os.channels.log.handler(({ input }) => deps.records.deliveryLog(input)),
      setHeartbeat: os.channels.setHeartbeat.handler(async ({ input }) => {
        if (input.url === null) await secrets.delete(heartbeatSecret);
        else await secrets.set(heartbeatSecret, input.url);
        deps.heartbeat.callSoon();
        return { isSet: input.url !== null };
      }),
      heartbeat: os.channels.heartbeat.handler(() => deps.heartbeat.state()),
    },
  });
}
