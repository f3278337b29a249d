/** Settings files and exports of earlier versions, in the words of this one. Pure. */
import { settingsVersion } from '../contract/settings/settings.ts';
import { standardNames } from './migrations/002-standard-names.ts';
import { isFields, type SettingsMigration } from './migrations/migration.ts';

const migrations: readonly SettingsMigration[] = [standardNames];

/**
 * What is no object, or of a version that is not known, comes back as it is. A file without a version is taken for one
 * of the first.
 */
export function migrateSettings(raw: unknown): unknown {
  if (!isFields(raw)) return raw;
  const { version = 1 } = raw;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1 || version >= settingsVersion)
    return raw;
  const steps = migrations.filter(({ to }) => to > version);
  return { ...steps.reduce((settings, { migrate }) => migrate(settings), raw), version: settingsVersion };
}
