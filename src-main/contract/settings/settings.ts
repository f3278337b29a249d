/**
 * Everything a user can set: one schema, one default for each, one file of JSON.
 * An area is a file beside this one and a line here; the settings screen draws its form from the schema.
 */
import { z } from 'zod';
import { alertsSettingsSchema } from './alerts.ts';
import { doctorSettingsSchema } from './doctor.ts';
import { eventsSettingsSchema } from './events.ts';
import { generalSettingsSchema } from './general.ts';
import { httpSettingsSchema } from './http.ts';
import { notifySettingsSchema } from './notify.ts';
import { profilesSettingsSchema } from './profiles.ts';
import { samplingSettingsSchema } from './sampling.ts';
import { storeSettingsSchema } from './store.ts';
import { targetsSettingsSchema } from './targets.ts';

/** Grows when the file's shape changes in a way that defaults can't absorb; `src-main/settings` has a step for each. */
export const settingsVersion = 1;

const areas = {
  general: generalSettingsSchema,
  sampling: samplingSettingsSchema,
  store: storeSettingsSchema,
  targets: targetsSettingsSchema,
  events: eventsSettingsSchema,
  doctor: doctorSettingsSchema,
  profiles: profilesSettingsSchema,
  http: httpSettingsSchema,
  alerts: alertsSettingsSchema,
  notify: notifySettingsSchema,
};

export const settingsSchema = z.object({
  version: z.literal(settingsVersion).default(settingsVersion),
  general: areas.general.prefault({}),
  sampling: areas.sampling.prefault({}),
  store: areas.store.prefault({}),
  targets: areas.targets.prefault({}),
  events: areas.events.prefault({}),
  doctor: areas.doctor.prefault({}),
  profiles: areas.profiles.prefault({}),
  http: areas.http.prefault({}),
  alerts: areas.alerts.prefault({}),
  notify: areas.notify.prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Areas to replace; an area is replaced as a whole. Not made from the schema above: its defaults would stand for every area left out. */
export const settingsPatchSchema = z.object(areas).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
