/** A new area of the settings has a German name before it ships. */
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src-main/contract/settings.ts';
import { namesDe } from '../../src-renderer/i18n/names-de.ts';

const unnamed = (keys: readonly string[]): readonly string[] => keys.filter((key) => !(key in namesDe));

describe('in German', () => {
  it('every area of the settings has a name', () => {
    const areas = Object.keys(settingsSchema.shape).filter((area) => area !== 'version');
    expect(unnamed(areas.map((area) => `setting.${area}`))).toEqual([]);
  });
});
