/**
 * What the user has added to be watched. Each kind is a file in `targets/` and a line here, and a file in the core's
 * `targets/`.
 */
import { z } from 'zod';
import { secretNamesOf } from '../forms/form-of-schema.ts';
import { containerTargetSchema } from './targets/container.ts';
import { httpTargetSchema } from './targets/http.ts';
import { logTargetSchema } from './targets/log.ts';
import { portTargetSchema } from './targets/port.ts';
import { processTargetSchema } from './targets/process.ts';
import { prometheusTargetSchema } from './targets/prometheus.ts';
import { sqliteTargetSchema } from './targets/sqlite.ts';

export const targetSchema = z.discriminatedUnion('kind', [
  sqliteTargetSchema,
  httpTargetSchema,
  portTargetSchema,
  processTargetSchema,
  logTargetSchema,
  prometheusTargetSchema,
  containerTargetSchema,
]);

export const targetsSettingsSchema = z
  .object({
    list: z
      .array(targetSchema)
      .max(200)
      .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'two targets have the same id')
      .default([])
      .meta({ hidden: true }),
  })
  .meta({ label: { en: 'Watched', de: 'Beobachtet' } });

export type TargetSettings = z.infer<typeof targetSchema>;
export type TargetKind = TargetSettings['kind'];
type OfKind<K extends TargetKind> = Extract<TargetSettings, { readonly kind: K }>;
export type SqliteTargetSettings = OfKind<'sqlite'>;
export type LogTargetSettings = OfKind<'log'>;
export type PrometheusTargetSettings = OfKind<'prometheus'>;

/** Fields whose values are moved to the secrets when a target is saved. */
export const targetSecretNames: readonly string[] = [...new Set(targetSchema.options.flatMap(secretNamesOf))];
