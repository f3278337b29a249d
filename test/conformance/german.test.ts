/** A new repair or area of the settings has a German name before it ships. */
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src-main/contract/settings.ts';
import { repairs } from '../../src-main/doctor/repairs/index.ts';
import { namesDe } from '../../src-renderer/i18n/names-de.ts';

const unnamed = (keys: readonly string[]): readonly string[] => keys.filter((key) => !(key in namesDe));

describe('in German', () => {
  it('every repair and every area of the settings has a name', () => {
    expect(unnamed(repairs.map(({ id }) => `repair.${id}`))).toEqual([]);
    const areas = Object.keys(settingsSchema.shape).filter((area) => area !== 'version');
    expect(unnamed(areas.map((area) => `setting.${area}`))).toEqual([]);
  });
});
