/** Where alerts are told: channels, which severity goes where, when not, and the heartbeat. Secrets are not in here. */
import { z } from 'zod';
import type { Text } from '../text/text.ts';
import { hoursSchema } from './hours.ts';

const channelId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'an id has small letters, digits and hyphens');

export const channelSettingsSchema = z.object({
  id: channelId.meta({ hidden: true }),
  /** One of `notify/channels/index.ts`. */
  kind: z.string().min(1).max(40).meta({ hidden: true }),
  title: z
    .string()
    .min(1)
    .max(100)
    .meta({ label: { en: 'Name', de: 'Name' } }),
  /** What the kind asks for, by the names of its fields; checked and drawn by the kind's own schema. */
  options: z
    .record(z.string().max(60), z.union([z.string().max(60_000), z.number(), z.boolean()]))
    .default({})
    .meta({ hidden: true }),
  isEnabled: z
    .boolean()
    .default(true)
    .meta({ label: { en: 'Enabled', de: 'Eingeschaltet' } }),
  /** Whether the end of an alert is told. */
  sendResolved: z
    .boolean()
    .default(true)
    .meta({ label: { en: 'Also notify when resolved', de: 'Auch melden, wenn behoben' } }),
  maxPerMinute: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(10)
    .meta({
      label: { en: 'Maximum notifications', de: 'Maximale Benachrichtigungen' },
      help: { en: 'More wait and are sent together.', de: 'Weitere warten und kommen zusammen.' },
      unit: 'per_minute',
    }),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

const severityLabels = {
  info: { en: 'Info', de: 'Hinweis' },
  warning: { en: 'Warning', de: 'Warnung' },
  critical: { en: 'Critical', de: 'Kritisch' },
} as const;
const route = (label: Text, preset: string[]) =>
  z.array(channelId).max(20).default(preset).meta({ label, from: 'channels' });
const repeat = (label: Text, preset: number) =>
  z
    .number()
    .min(0)
    .max(10_080)
    .default(preset)
    .meta({ label, unit: 'minutes', zero: { en: 'never', de: 'nie' } });

export const notifySettingsSchema = z
  .object({
    channels: z
      .array(channelSettingsSchema)
      .max(50)
      .refine(
        (channels) => new Set(channels.map(({ id }) => id)).size === channels.length,
        'two channels have the same id',
      )
      .default([
        {
          id: 'desktop',
          kind: 'desktop',
          title: 'Desktop',
          isEnabled: true,
          maxPerMinute: 6,
          sendResolved: true,
          options: {},
        },
      ])
      .meta({ hidden: true }),
    /** Channels of each severity, unless a rule names its own. */
    routes: z
      .object({
        info: route(severityLabels.info, []),
        warning: route(severityLabels.warning, ['desktop']),
        critical: route(severityLabels.critical, ['desktop']),
      })
      .prefault({})
      .meta({ label: { en: 'Channels by severity', de: 'Kanäle je Schweregrad' } }),
    /** How often a firing alert is told again. */
    repeatMinutes: z
      .object({
        info: repeat(severityLabels.info, 0),
        warning: repeat(severityLabels.warning, 240),
        critical: repeat(severityLabels.critical, 60),
      })
      .prefault({})
      .meta({ label: { en: 'Repeat after', de: 'Wiederholen nach' } }),
    quietHours: z
      .object({
        hours: z
          .array(hoursSchema)
          .max(10)
          .default([])
          .meta({ label: { en: 'Hours', de: 'Zeiten' } }),
        /** These are told all the same. */
        except: z
          .array(z.enum(['info', 'warning', 'critical']))
          .default(['critical'])
          .meta({ label: { en: 'Always notify', de: 'Ausnahmen (immer melden)' }, choices: severityLabels }),
      })
      .prefault({})
      .meta({ label: { en: 'Quiet hours', de: 'Ruhezeiten' } }),
    /**
     * Something else that notices when this machine is gone: called every minute, by GET. The URL is kept as a secret.
     */
    heartbeat: z
      .object({
        isEnabled: z
          .boolean()
          .default(false)
          .meta({ label: { en: 'Send a heartbeat', de: 'Lebenszeichen senden' } }),
        intervalSeconds: z
          .number()
          .int()
          .min(10)
          .max(3600)
          .default(60)
          .meta({ label: { en: 'Interval', de: 'Intervall' }, unit: 'seconds' }),
      })
      .prefault({})
      .meta({ label: { en: 'Heartbeat', de: 'Lebenszeichen' } }),
  })
  .meta({ label: { en: 'Notifications', de: 'Benachrichtigungen' } });
export type NotifySettings = z.infer<typeof notifySettingsSchema>;
