import type { Labels } from './metric.ts';

/** Of a target: what sort of thing it is, and what is wrong with it; the alert's title says so in words. */
const saidByTheTitle: readonly string[] = ['kind', 'problem'];

/** What an alert is about, as the values of its labels that tell one such alert from another. */
export const placesOf = (labels: Labels): readonly string[] =>
  Object.entries(labels)
    .filter(([name, value]) => value !== '' && !(labels.target !== undefined && saidByTheTitle.includes(name)))
    .map(([, value]) => value);
