/** Alert rules as data: what a rule says, and what of the rules a user can set. */
import { z } from 'zod';
import type { Text } from '../text/text.ts';
import { hoursSchema } from './hours.ts';
import { labelMatchSchema, levelOf, ruleWindowSchema } from './rule-parts.ts';

const seconds = (max = 86_400) => z.number().min(0).max(max);
const time = (preset: number, label: Text, help?: Text) =>
  seconds()
    .default(preset)
    .meta({ label, unit: 'seconds', ...(help !== undefined && { help }) });
const ruleId = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'an id has small letters, digits and underscores');

export const alertRuleSchema = z
  .object({
    id: ruleId.meta({ hidden: true }),
    /** A few words, sentence case. */
    title: z
      .string()
      .min(1)
      .max(100)
      .meta({ label: { en: 'Name', de: 'Name' } }),
    isEnabled: z.boolean().default(true).meta({ hidden: true }),
    metric: z
      .string()
      .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'not the name of a metric')
      .meta({ label: { en: 'Metric', de: 'Messgröße' }, from: 'metrics' }),
    window: ruleWindowSchema.default({ kind: 'last' }).meta({
      label: { en: 'Compared value', de: 'Verglichener Wert' },
      choices: {
        last: { en: 'latest value', de: 'letzter Wert' },
        average: { en: 'average', de: 'Mittelwert' },
        min: { en: 'lowest', de: 'kleinster Wert' },
        max: { en: 'highest', de: 'größter Wert' },
        rate: { en: 'growth per second', de: 'Zuwachs je Sekunde' },
        quantile: { en: 'quantile', de: 'Quantil' },
        absence: { en: 'time without data', de: 'Zeit ohne Daten' },
      },
    }),
    /** Which side of the level is bad. */
    direction: z
      .enum(['above', 'below'])
      .default('above')
      .meta({
        label: { en: 'Fires when the value is', de: 'Löst aus, wenn der Wert liegt' },
        choices: { above: { en: 'above', de: 'über' }, below: { en: 'below', de: 'unter' } },
      }),
    levels: z
      .object({
        info: levelOf({ en: 'Info', de: 'Hinweis' }, { en: 'Info threshold', de: 'Schwelle für Hinweis' }),
        warning: levelOf({ en: 'Warning', de: 'Warnung' }, { en: 'Warning threshold', de: 'Schwelle für Warnung' }),
        critical: levelOf(
          { en: 'Critical', de: 'Kritisch' },
          { en: 'Critical threshold', de: 'Schwelle für Kritisch' },
        ),
      })
      .refine((levels) => Object.values(levels).some((level) => level !== undefined), 'a rule needs a level')
      .meta({ label: { en: 'Levels', de: 'Stufen' }, inline: true }),
    /** How long the condition must last before the alert fires. */
    holdSeconds: time(30, { en: 'For at least', de: 'Mindestens so lange' }),
    /** How long it must have ended before the alert resolves. */
    keepFiringSeconds: time(0, { en: 'Keep firing for', de: 'Bleibt aktiv für' }),
    /** How long after it resolved it can't fire again. */
    coolDownSeconds: time(60, { en: 'Cool-down', de: 'Abklingzeit' }),
    /** Series without data: the alert stays as it is, ends, or begins. */
    noData: z
      .enum(['keep', 'resolve', 'fire'])
      .default('keep')
      .meta({
        label: { en: 'When there is no data', de: 'Wenn Daten fehlen' },
        choices: {
          keep: { en: 'keep the alert as it is', de: 'Alarm bleibt, wie er ist' },
          resolve: { en: 'resolve the alert', de: 'Alarm endet' },
          fire: { en: 'fire the alert', de: 'Alarm löst aus' },
        },
      }),
    advice: z
      .string()
      .max(1000)
      .optional()
      .meta({ label: { en: 'Advice in the notification', de: 'Hinweis in der Benachrichtigung' }, multiline: true }),
    match: z
      .array(labelMatchSchema)
      .max(10)
      .default([])
      .meta({ label: { en: 'Only series with', de: 'Nur Reihen mit' }, advanced: true }),
    /** Age at which a sample is no longer data; three intervals of its source where absent. */
    staleSeconds: seconds()
      .optional()
      .meta({
        label: { en: 'No data after', de: 'Keine Daten nach' },
        empty: { en: 'three intervals', de: 'drei Intervallen' },
        unit: 'seconds',
        advanced: true,
      }),
    /** Holds an alert that keeps coming and going, instead of a notification each time. */
    detectFlapping: z
      .boolean()
      .default(true)
      .meta({
        label: { en: 'Hold while it flaps', de: 'Bei Flattern halten' },
        help: {
          en: 'One alert that keeps coming and going instead of a notification each time.',
          de: 'Ein Alarm, der kommt und geht, statt jedes Mal einer Benachrichtigung.',
        },
        advanced: true,
      }),
    repeats: z
      .boolean()
      .default(true)
      .meta({
        label: { en: 'Report again while it goes on', de: 'Wiederholen, solange es andauert' },
        help: {
          en: 'As often as the settings of notifications say; else once.',
          de: 'So oft, wie die Einstellungen der Benachrichtigungen sagen; sonst einmal.',
        },
        advanced: true,
      }),
    /** No notifications in these hours; what still fires when they end is told then. */
    quietHours: z
      .array(hoursSchema)
      .max(10)
      .default([])
      .meta({ label: { en: 'Quiet hours', de: 'Ruhezeiten' }, advanced: true }),
    /** While it fires, alerts of these rules (`*`: all) with the same values in the labels `equal` are muted. */
    inhibits: z
      .array(
        z.object({
          rules: z
            .array(z.union([ruleId, z.literal('*')]))
            .min(1)
            .meta({ label: { en: 'Rules', de: 'Regeln' }, from: 'rules' }),
          equal: z
            .array(z.string())
            .default([])
            .meta({ label: { en: 'With the same labels', de: 'Mit gleichen Labels' } }),
        }),
      )
      .max(10)
      .default([])
      .meta({ label: { en: 'Mutes while it fires', de: 'Schaltet stumm, solange er aktiv ist' }, advanced: true }),
    /** Whose top processes are named in the alert. */
    culprits: z
      .enum(['cpu', 'memory', 'disk'])
      .optional()
      .meta({
        label: { en: 'Name the top processes by', de: 'Größte Prozesse nennen nach' },
        empty: { en: 'none', de: 'keine' },
        choices: {
          cpu: { en: 'CPU', de: 'CPU' },
          memory: { en: 'Memory', de: 'Speicher' },
          disk: { en: 'Disk', de: 'Datenträger' },
        },
        advanced: true,
      }),
    runbook: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ label: { en: 'Runbook', de: 'Runbook' }, placeholder: 'https://', advanced: true }),
  })
  .meta({ label: { en: 'Alert rule', de: 'Alarmregel' } })
  .superRefine((rule, context) => {
    for (const [severity, level] of Object.entries(rule.levels)) {
      if (level?.recoveryThreshold === undefined) continue;
      const isInside =
        rule.direction === 'above'
          ? level.recoveryThreshold <= level.threshold
          : level.recoveryThreshold >= level.threshold;
      if (!isInside)
        context.addIssue({
          code: 'custom',
          path: ['levels', severity, 'recoveryThreshold'],
          message: `lies on the wrong side of ${level.threshold}`,
        });
    }
  });
export type AlertRule = z.infer<typeof alertRuleSchema>;
/** As it is written in a file: what has a default may be left out. */
export type AlertRuleInput = z.input<typeof alertRuleSchema>;

export const alertsSettingsSchema = z
  .object({
    /**
     * The user's own rules; one with the id of a shipped rule replaces it. Each is checked by itself
     * (`alerts/read-rules.ts`), so that a wrong one is refused by name and the rest keeps running.
     */
    rules: z.array(z.unknown()).max(500).default([]).meta({ hidden: true }),
    /** Ids of rules that are switched off. */
    disabledRules: z.array(z.string().max(100)).max(500).default([]).meta({ hidden: true }),
  })
  .meta({ label: { en: 'Alerts', de: 'Alarme' } });
