/** A new rule, channel or repair has a German name before it ships; metrics and sources are held to it in sources.test.ts. */
import { describe, expect, it } from 'vitest';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import { settingsSchema } from '../../src-main/contract/settings.ts';
import { repairs } from '../../src-main/doctor/repairs/index.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { namesDe } from '../../src-renderer/i18n/names-de.ts';

const unnamed = (keys: readonly string[]): readonly string[] => keys.filter((key) => !(key in namesDe));

describe('in German', () => {
  it('every shipped rule has a name and, where it has one, its advice', () => {
    const keys = shippedRules.flatMap(({ id, advice }) => [
      `rule.${id}`,
      ...(advice === undefined ? [] : [`rule.${id}.advice`]),
    ]);
    expect(unnamed(keys)).toEqual([]);
  });

  it('every channel has a name, and so have its fields, their help and their choices', () => {
    const keys = createChannels([]).flatMap(({ kind, fields }) => [
      `channel.${kind}`,
      ...fields.flatMap(({ name, help, choices = [] }) => [
        `channel.${kind}.${name}`,
        ...(help === undefined ? [] : [`channel.${kind}.${name}.help`]),
        ...choices.map(({ value }) => `channel.${kind}.${name}.${value}`),
      ]),
    ]);
    expect(unnamed(keys)).toEqual([]);
  });

  it('every repair and every area of the settings has a name', () => {
    expect(unnamed(repairs.map(({ id }) => `repair.${id}`))).toEqual([]);
    const areas = Object.keys(settingsSchema.shape).filter((area) => area !== 'version');
    expect(unnamed(areas.map((area) => `setting.${area}`))).toEqual([]);
  });
});
