import { screenTexts } from '@contract/screens.ts';
import { alerts } from './de/alerts.ts';
import { charts } from './de/charts.ts';
import { cost } from './de/cost.ts';
import { doctor } from './de/doctor.ts';
import { explain } from './de/explain.ts';
import { frame } from './de/frame.ts';
import { insights } from './de/insights.ts';
import { rules } from './de/rules.ts';
import { settings } from './de/settings.ts';
import { targets } from './de/targets.ts';
import type { Catalogue } from './en.ts';

export const de: Catalogue = {
  ...screenTexts('de'),
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
};
