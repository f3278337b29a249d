/** Where alerts are told: channels, which severity goes where, when not, and the heartbeat. Secrets are not in here. */
import { z } from 'zod';
import { hoursSchema } from './alerts.ts';

const channelId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'an id has small letters, digits and hyphens');

export const channelSettingsSchema = z.object({
  id: channelId,
  /** One of `notify/channels/index.ts`. */
  kind: z.string().min(1).max(40),
  title: z.string().min(1).max(100),
  isEnabled: z.boolean().default(true),
  /** Notifications a minute; more wait and are told together. */
  maxPerMinute: z.number().int().min(1).max(600).default(10),
  /** Whether the end of an alert is told. */
  sendResolved: z.boolean().default(true),
  /** What the kind asks for, by the names of its fields; checked by the kind's own schema. */
  options: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean()])).default({}),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

const channelIds = z.array(channelId).max(20);

export const notifySettingsSchema = z.object({
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
    ]),
  /** Channels of each severity, unless a rule names its own. */
  routes: z
    .object({
      info: channelIds.default([]),
      warning: channelIds.default(['desktop']),
      critical: channelIds.default(['desktop']),
    })
    .prefault({}),
  /** How often a firing alert is told again, minutes; 0: never. */
  repeatMinutes: z
    .object({
      info: z.number().min(0).max(10_080).default(0),
      warning: z.number().min(0).max(10_080).default(240),
      critical: z.number().min(0).max(10_080).default(60),
    })
    .prefault({}),
  quietHours: z
    .object({
      hours: z.array(hoursSchema).max(10).default([]),
      /** These are told all the same. */
      except: z.array(z.enum(['info', 'warning', 'critical'])).default(['critical']),
    })
    .prefault({}),
  /** Something else that notices when this machine is gone: called every minute, by GET. The URL is kept as a secret. */
  heartbeat: z
    .object({
      isEnabled: z.boolean().default(false),
      everySeconds: z.number().int().min(10).max(3600).default(60),
    })
    .prefault({}),
});
export type NotifySettings = z.infer<typeof notifySettingsSchema>;
