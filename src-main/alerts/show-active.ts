/** Alerts pending and firing as everyone sees them, with what mutes each. */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Silence } from '../contract/alerts/alert-procedures.ts';
import { type AlertEntry, alertId, showAlert } from './engine/alert-entry.ts';
import { inhibitions } from './engine/inhibit.ts';
import { silenceFor } from './engine/silences.ts';

/** @returns `before` itself where nothing has changed, so that watchers need not look again */
export function showActive(
  entries: readonly AlertEntry[],
  silences: readonly Silence[],
  before: readonly ActiveAlert[],
  now: number,
): readonly ActiveAlert[] {
  const muted = inhibitions(entries);
  const active = entries.map((entry) =>
    showAlert(entry, {
      inhibitedBy: muted.size === 0 ? undefined : muted.get(alertId(entry)),
      silencedUntil: silenceFor(entry, silences, now)?.until,
    }),
  );
  const isSame = active.length === before.length && active.every((alert, index) => alert === before[index]);
  return isSame ? before : active;
}
