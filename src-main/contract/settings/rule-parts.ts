/** What an alert rule is made of: label matches, windows and levels. */
import { z } from 'zod';
import type { Text } from '../text/text.ts';

/** Label values compared as text; `matches` takes a regular expression over the whole value. */
export const labelMatchSchema = z
  .object({
    label: z
      .string()
      .regex(/^[a-zA-Z_]\w*$/, 'a label name has letters, digits and underscores')
      .meta({ label: { en: 'Label', de: 'Label' }, placeholder: 'device' }),
    operator: z
      .enum(['equal', 'not-equal', 'matches', 'not-matches'])
      .default('equal')
      .meta({
        label: { en: 'Compared as', de: 'Vergleich' },
        choices: {
          equal: { en: 'is', de: 'ist' },
          'not-equal': { en: 'is not', de: 'ist nicht' },
          matches: { en: 'matches the pattern', de: 'passt zum Muster' },
          'not-matches': { en: 'does not match the pattern', de: 'passt nicht zum Muster' },
        },
      }),
    value: z
      .string()
      .max(500)
      .meta({ label: { en: 'Value', de: 'Wert' } }),
  })
  .refine(({ operator, value }) => !operator.endsWith('matches') || isRegularExpression(value), {
    message: 'not a regular expression',
    path: ['value'],
  });
export type LabelMatch = z.infer<typeof labelMatchSchema>;

/** What is made of a series before it is compared; windows reach back from now, `seconds` not included. */
const windowSeconds = z
  .number()
  .int()
  .min(1)
  .max(3600)
  .default(60)
  .meta({ label: { en: 'Over', de: 'Über' }, unit: 'seconds' });
export const ruleWindowSchema = z.discriminatedUnion('kind', [
  /** The newest sample, while it is not stale. */
  z.object({ kind: z.literal('last') }),
  z.object({ kind: z.literal('average'), seconds: windowSeconds }),
  z.object({ kind: z.literal('min'), seconds: windowSeconds }),
  z.object({ kind: z.literal('max'), seconds: windowSeconds }),
  /** Growth of a counter a second; restarts of the counter are seen and bridged. */
  z.object({ kind: z.literal('rate'), seconds: windowSeconds }),
  z.object({
    kind: z.literal('quantile'),
    seconds: windowSeconds,
    quantile: z
      .number()
      .min(0)
      .max(1)
      .default(0.95)
      .meta({ label: { en: 'Quantile', de: 'Quantil' }, unit: 'ratio' }),
  }),
  /** Seconds since the newest sample of a series that has been seen; the level says how many are too many. */
  z.object({ kind: z.literal('absence') }),
]);
export type RuleWindow = z.infer<typeof ruleWindowSchema>;

const ruleLevelSchema = z.object({
  /** The level is reached beyond this value, in the metric's unit. */
  threshold: z.number(),
  /** And left again at this one; the same where absent. Between the two nothing changes. */
  recoveryThreshold: z.number().optional(),
  /** Channel ids in place of those that the severity has by default; an empty list sends nothing. */
  channels: z.array(z.string().min(1).max(60)).max(20).optional(),
});

/** A level of one severity, with the words of its fields. */
export const levelOf = (severity: Text, threshold: Text) =>
  ruleLevelSchema
    .extend({
      threshold: ruleLevelSchema.shape.threshold.meta({
        label: threshold,
        unit: 'metric',
        empty: { en: 'not used', de: 'nicht benutzt' },
      }),
      recoveryThreshold: ruleLevelSchema.shape.recoveryThreshold.meta({
        label: { en: 'Recovery threshold', de: 'Schwelle für Entwarnung' },
        unit: 'metric',
        empty: { en: 'same as the threshold', de: 'wie die Schwelle' },
      }),
      channels: ruleLevelSchema.shape.channels.meta({
        label: { en: 'Channels', de: 'Kanäle' },
        from: 'channels',
        empty: { en: 'those of the severity', de: 'die des Schweregrads' },
        advanced: true,
      }),
    })
    .optional()
    .meta({ label: severity, inline: true });

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
