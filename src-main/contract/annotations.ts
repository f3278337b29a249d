/**
 * What was changed, by someone or by itself: the first answer to "why is it other than before?". Alerts and gaps have
 * histories of their own.
 */
export const annotationKinds = [
  /** The monitor; subject: its version. `updated` where the run before was of another one. */
  'started',
  'updated',
  'stopped',
  'paused',
  /** Subject: the area of the settings. */
  'settings-changed',
  /** Subject: the target's title. */
  'target-added',
  'target-removed',
  /** Subject: the rule's id; empty: every rule. */
  'rule-changed',
  'silenced',
  'silence-ended',
  /** Subject: the database file. */
  'repaired',
  'restored',
  'repair-undone',
  /** Subject: what a person calls the process. */
  'process-ended',
  'priority-lowered',
  'priority-restored',
] as const;
export type AnnotationKind = (typeof annotationKinds)[number];

export interface Annotation {
  /** ms since the epoch. */
  readonly at: number;
  readonly kind: AnnotationKind;
  readonly subject: string;
}
