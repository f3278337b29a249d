/** Every form there is, with its words: areas of the settings, kinds of targets, kinds of channels, and the rule. */
import { type DescribedForm, describeForm } from '../contract/forms/form-of-schema.ts';
import { alertRuleSchema } from '../contract/settings/alerts.ts';
import { settingsAreas } from '../contract/settings/settings.ts';
import { targetSchema } from '../contract/settings/targets.ts';
import { type Channel, channelForm } from '../notify/channel.ts';

export const describeForms = (channels: readonly Channel[]): readonly DescribedForm[] => [
  ...Object.entries(settingsAreas).map(([area, schema]) => describeForm(`setting.${area}`, schema)),
  ...targetSchema.options.map((schema) => describeForm(`target-kind.${schema.shape.kind.value}`, schema)),
  ...channels.map(channelForm),
  describeForm('alert-rule', alertRuleSchema),
];
