/** What has happened to alerts since it was last asked for: transitions to be told and states to be saved. */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Transition, TransitionKind } from '../contract/alerts/alert-procedures.ts';
import { type AlertEntry, entryKey, showAlert } from './engine/alert-entry.ts';
import { type SavedEntry, saveEntry } from './saved-entry.ts';

/** A remembered state that changed; null: nothing is remembered any more. */
export interface StateChange {
  readonly key: string;
  readonly entry: SavedEntry | null;
}

export class AlertJournal {
  #transitions: Transition[] = [];
  #changes = new Map<string, StateChange>();

  happened(entry: AlertEntry, kind: TransitionKind, at: number, reason: string, by?: string): void {
    const shown = showAlert(entry, entry.shown ?? {});
    const alert: ActiveAlert = kind === 'resolved' ? { ...shown, resolvedAt: at } : shown;
    this.#transitions.push({
      id: `${alert.id}/${kind}/${at}`,
      kind,
      at,
      reason,
      alert,
      ...(by !== undefined && { by }),
    });
  }

  changed(entry: AlertEntry): void {
    const key = entryKey(entry);
    this.#changes.set(key, { key, entry: saveEntry(entry) });
  }

  forgotten(key: string): void {
    this.#changes.set(key, { key, entry: null });
  }

  /** What fired in this very tick is told as it is at its end, muting included. */
  tellAsShown(active: readonly ActiveAlert[]): void {
    if (this.#transitions.length === 0) return;
    const shown = new Map(active.map((alert) => [alert.id, alert]));
    this.#transitions = this.#transitions.map((transition) =>
      transition.kind === 'resolved'
        ? transition
        : { ...transition, alert: shown.get(transition.alert.id) ?? transition.alert },
    );
  }

  drain(): { readonly transitions: readonly Transition[]; readonly changes: readonly StateChange[] } {
    const drained = { transitions: this.#transitions, changes: [...this.#changes.values()] };
    this.#transitions = [];
    this.#changes.clear();
    return drained;
  }
}
