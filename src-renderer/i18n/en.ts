/**
 * Every text of the app in English, an area a file and a line here; the other languages have the same keys or do not
 * compile. `{name}` is filled in.
 */
import { screenTexts } from '@contract/screens.ts';
import { alerts } from './en/alerts.ts';
import { charts } from './en/charts.ts';
import { cost } from './en/cost.ts';
import { doctor } from './en/doctor.ts';
import { explain } from './en/explain.ts';
import { frame } from './en/frame.ts';
import { insights } from './en/insights.ts';
import { rules } from './en/rules.ts';
import { settings } from './en/settings.ts';
import { targets } from './en/targets.ts';

export const en = {
  ...screenTexts('en'),
  ...frame,
  ...charts,
  ...alerts,
  ...insights,
  ...rules,
  ...targets,
  ...doctor,
  ...settings,
  ...explain,
  ...cost,
} as const;

export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;
