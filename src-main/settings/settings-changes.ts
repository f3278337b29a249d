/** What is other in the settings than before, as annotations for charts. Pure. */
import type { Annotation } from '../contract/annotations.ts';
import type { Settings } from '../contract/settings/settings.ts';

export type SettingsChange = Omit<Annotation, 'at'>;

export function changesOf(before: Settings, after: Settings): readonly SettingsChange[] {
  return (Object.keys(after) as (keyof Settings)[])
    .filter((area) => !isSame(before[area], after[area]))
    .flatMap((area): readonly SettingsChange[] => {
      // Language and appearance change no curve.
      if (area === 'general' || area === 'version') return [];
      if (area === 'alerts') return rulesOf(before, after);
      const targets = area === 'targets' ? targetsOf(before, after) : [];
      return targets.length > 0 ? targets : [{ kind: 'settings-changed', subject: area }];
    });
}

function targetsOf(before: Settings, after: Settings): readonly SettingsChange[] {
  const ids = ({ targets }: Settings): Set<string> => new Set(targets.list.map(({ id }) => id));
  const [old, now] = [ids(before), ids(after)];
  return [
    ...after.targets.list
      .filter(({ id }) => !old.has(id))
      .map(({ title }) => ({ kind: 'target-added' as const, subject: title })),
    ...before.targets.list
      .filter(({ id }) => !now.has(id))
      .map(({ title }) => ({ kind: 'target-removed' as const, subject: title })),
  ];
}

/** Own rules and shipped ones that were changed or switched off. */
function rulesOf(before: Settings, after: Settings): readonly SettingsChange[] {
  const byId = ({ alerts }: Settings): Map<string, unknown> => {
    const rules = new Map(
      alerts.rules.map((rule) => [String((rule as { id?: unknown } | null)?.id ?? ''), [rule, true]]),
    );
    for (const id of alerts.disabledRules) rules.set(id, [rules.get(id), false]);
    return rules;
  };
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((id) => !isSame(old.get(id), now.get(id)))
    .map((subject) => ({ kind: 'rule-changed', subject }));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
