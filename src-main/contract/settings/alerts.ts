/** Alert rules as data: what a rule says, and what of the rules a user can set. */
import { z } from 'zod';

/** Label values compared as text; `matches` takes a regular expression over the whole value. */
const labelMatchSchema = z
  .object({
    label: z.string().regex(/^[a-zA-Z_]\w*$/, 'a label name has letters, digits and underscores'),
    is: z.enum(['equal', 'not-equal', 'matches', 'not-matches']).default('equal'),
    value: z.string().max(500),
  })
  .refine(({ is, value }) => !is.endsWith('matches') || isRegularExpression(value), {
    message: 'not a regular expression',
    path: ['value'],
  });
export type LabelMatch = z.infer<typeof labelMatchSchema>;

/** What is made of a series before it is compared; windows reach back from now, `seconds` not included. */
const windowSeconds = z.number().int().min(1).max(3600);
const ruleWindowSchema = z.discriminatedUnion('kind', [
  /** The newest sample, while it is not stale. */
  z.object({ kind: z.literal('last') }),
  z.object({ kind: z.literal('average'), seconds: windowSeconds }),
  z.object({ kind: z.literal('min'), seconds: windowSeconds }),
  z.object({ kind: z.literal('max'), seconds: windowSeconds }),
  /** Growth of a counter a second; restarts of the counter are seen and bridged. */
  z.object({ kind: z.literal('rate'), seconds: windowSeconds }),
  z.object({ kind: z.literal('quantile'), seconds: windowSeconds, quantile: z.number().min(0).max(1) }),
  /** Seconds since the newest sample of a series that has been seen; the level says how many are too many. */
  z.object({ kind: z.literal('absence') }),
]);
export type RuleWindow = z.infer<typeof ruleWindowSchema>;

const ruleLevelSchema = z.object({
  /** The level is reached beyond this value, in the metric's unit. */
  enter: z.number(),
  /** And left again at this one; the same where absent. Between the two nothing changes. */
  leave: z.number().optional(),
  /** Channel ids in place of those that the severity has by default; an empty list sends nothing. */
  channels: z.array(z.string().min(1).max(60)).max(20).optional(),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 22:00');
/** Hours of the local day, over midnight where `from` is later than `until`. */
export const hoursSchema = z.object({
  /** 0 is Sunday; the day on which the hours begin. */
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7).default([0, 1, 2, 3, 4, 5, 6]),
  from: timeOfDay,
  until: timeOfDay,
});
export type Hours = z.infer<typeof hoursSchema>;

const seconds = (max: number) => z.number().min(0).max(max);
const ruleId = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'an id has small letters, digits and underscores');

export const alertRuleSchema = z
  .object({
    id: ruleId,
    /** A few words, sentence case. */
    title: z.string().min(1).max(100),
    isEnabled: z.boolean().default(true),
    metric: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'not the name of a metric'),
    match: z.array(labelMatchSchema).max(10).default([]),
    window: ruleWindowSchema.default({ kind: 'last' }),
    /** Which side of the level is bad. */
    direction: z.enum(['above', 'below']).default('above'),
    levels: z
      .object({
        info: ruleLevelSchema.optional(),
        warning: ruleLevelSchema.optional(),
        critical: ruleLevelSchema.optional(),
      })
      .refine((levels) => Object.values(levels).some((level) => level !== undefined), 'a rule needs a level'),
    /** How long the condition must last before the alert fires. */
    holdSeconds: seconds(86_400).default(30),
    /** How long it must have ended before the alert resolves. */
    keepFiringSeconds: seconds(86_400).default(0),
    /** How long after it resolved it can't fire again. */
    coolDownSeconds: seconds(86_400).default(60),
    /** Series without data: the alert stays as it is, ends, or begins. */
    noData: z.enum(['keep', 'resolve', 'fire']).default('keep'),
    /** Age at which a sample is no longer data; three intervals of its source where absent. */
    staleSeconds: seconds(86_400).optional(),
    /** Holds an alert that keeps coming and going, instead of a notification each time. */
    detectFlapping: z.boolean().default(true),
    /** No notifications in these hours; what still fires when they end is told then. */
    quietHours: z.array(hoursSchema).max(10).default([]),
    /** While it fires, alerts of these rules (`*`: all) with the same values in the labels `equal` are muted. */
    mutes: z
      .array(
        z.object({
          rules: z.array(z.union([ruleId, z.literal('*')])).min(1),
          equal: z.array(z.string()).default([]),
        }),
      )
      .max(10)
      .default([]),
    /** Whose top processes are named in the alert. */
    culprits: z.enum(['cpu', 'memory', 'disk']).optional(),
    advice: z.string().max(1000).optional(),
    runbook: z.url({ protocol: /^https?$/ }).optional(),
  })
  .superRefine((rule, context) => {
    for (const [severity, level] of Object.entries(rule.levels)) {
      if (level?.leave === undefined) continue;
      const isInside = rule.direction === 'above' ? level.leave <= level.enter : level.leave >= level.enter;
      if (!isInside)
        context.addIssue({
          code: 'custom',
          path: ['levels', severity, 'leave'],
          message: `lies on the wrong side of ${level.enter}`,
        });
    }
  });
export type AlertRule = z.infer<typeof alertRuleSchema>;
/** As it is written in a file: what has a default may be left out. */
export type AlertRuleInput = z.input<typeof alertRuleSchema>;

export const alertsSettingsSchema = z.object({
  /**
   * The user's own rules; one with the id of a shipped rule replaces it. Each is checked by itself (`alerts/read-rules.ts`),
   * so that a wrong one is refused by name and the rest keeps running.
   */
  rules: z.array(z.unknown()).max(500).default([]),
  /** Ids of rules that are switched off. */
  disabledRules: z.array(z.string().max(100)).max(500).default([]),
});

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
