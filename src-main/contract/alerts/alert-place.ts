import type { Labels } from '../metric.ts';
import type { TargetSettings } from '../settings/targets.ts';

/** A scraped series may have labels of the same names, with meanings of its own. */
const kinds: Readonly<Record<TargetSettings['kind'], true>> = {
  sqlite: true,
  http: true,
  port: true,
  process: true,
  log: true,
  prometheus: true,
  container: true,
};
/** What sort of target it is, and what is wrong with it; the alert's title says so in words. */
const saidByTheTitle: readonly string[] = ['kind', 'problem'];

/** What an alert is about, as the values of its labels that tell one such alert from another. */
export function placesOf(labels: Labels): readonly string[] {
  const isOfTarget = labels.target !== undefined && Object.hasOwn(kinds, labels.kind ?? '');
  return Object.entries(labels)
    .filter(([name, value]) => value !== '' && !(isOfTarget && saidByTheTitle.includes(name)))
    .map(([, value]) => value);
}
