/**
 * Every field of settings, targets, channels and rules can be drawn and is called something in every language: new ones
 * are tested here.
 */
import { expect, it } from 'vitest';
import { settingsSchema } from '../../src-main/contract/settings/settings.ts';
import { languages } from '../../src-main/contract/text/text.ts';
import { describeForms } from '../../src-main/core/forms.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { targetTypes } from '../../src-main/targets/index.ts';

const described = describeForms(createChannels([]));
const ids = described.map(({ form }) => form.id);

it.each(described.map((one) => [one.form.id, one] as const))(
  '%s: each field has its words and a way to enter it',
  (_, one) => {
    expect(one.faults).toEqual([]);
    const lacking = Object.entries(one.texts).flatMap(([code, text]) =>
      languages.filter((language) => !text[language]?.trim()).map((language) => `${code} (${language})`),
    );
    expect(lacking).toEqual([]);
  },
);

it('there is one for each area of the settings, each kind of target and of channel, and for rules', () => {
  const areas = Object.keys(settingsSchema.shape).filter((area) => area !== 'version');
  expect(ids).toEqual([
    ...areas.map((area) => `setting.${area}`),
    ...Object.keys(targetTypes).map((kind) => `target-kind.${kind}`),
    ...createChannels([]).map(({ kind }) => `channel.${kind}`),
    'alert-rule',
  ]);
});
