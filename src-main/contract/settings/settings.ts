/**
 * Everything a user can set: one schema, one default for each, one file of JSON.
 * An area is a file in `settings/` and a line here; the settings screen draws its form from what the fields' meta says.
 */
import { z } from 'zod';
import { alertsSettingsSchema } from './alerts.ts';
import { costSettingsSchema } from './cost.ts';
import { doctorSettingsSchema } from './doctor.ts';
import { eventsSettingsSchema } from './events.ts';
import { generalSettingsSchema } from './general.ts';
import { httpSettingsSchema } from './http.ts';
import { notifySettingsSchema } from './notify.ts';
import { profilesSettingsSchema } from './profiles.ts';
import { samplingSettingsSchema } from './sampling.ts';
import { storeSettingsSchema } from './store.ts';
import { targetsSettingsSchema } from './targets.ts';

/**
 * Grows when the file's shape changes in a way that defaults can't absorb; `settings/migrations/` has a step for each.
 */
export const settingsVersion = 2;

export const settingsAreas = {
  general: generalSettingsSchema,
  sampling: samplingSettingsSchema,
  store: storeSettingsSchema,
  targets: targetsSettingsSchema,
  events: eventsSettingsSchema,
  cost: costSettingsSchema,
  doctor: doctorSettingsSchema,
  profiles: profilesSettingsSchema,
  http: httpSettingsSchema,
  alerts: alertsSettingsSchema,
  notify: notifySettingsSchema,
};

export const settingsSchema = z.object({
  version: z.literal(settingsVersion).default(settingsVersion),
  general: settingsAreas.general.prefault({}),
  sampling: settingsAreas.sampling.prefault({}),
  store: settingsAreas.store.prefault({}),
  targets: settingsAreas.targets.prefault({}),
  events: settingsAreas.events.prefault({}),
  cost: settingsAreas.cost.prefault({}),
  doctor: settingsAreas.doctor.prefault({}),
  profiles: settingsAreas.profiles.prefault({}),
  http: settingsAreas.http.prefault({}),
  alerts: settingsAreas.alerts.prefault({}),
  notify: settingsAreas.notify.prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;

/**
 * Areas to replace; an area is replaced as a whole. Not made from the schema above: its defaults would stand for every
 * area left out.
 */
export const settingsPatchSchema = z.object(settingsAreas).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
