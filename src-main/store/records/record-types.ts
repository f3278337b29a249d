/** What alerts and their delivery keep in the store: written as lists of operations, each list in one transaction. */
import type {
  AlertFigures,
  HistoryEntry,
  HistoryQuery,
  Silence,
  Transition,
} from '../../contract/alerts/alert-procedures.ts';
import type { Annotation } from '../../contract/annotations.ts';
import type { DeliveryLogEntry } from '../../contract/channels.ts';

/** A notification on its way to one channel. */
export interface OutboxRow {
  readonly id: string;
  readonly channel: string;
  readonly at: number;
  /** Not to be tried before, ms since the epoch. */
  readonly due: number;
  readonly attempts: number;
  readonly state: 'queued' | 'delivered' | 'gave-up';
  /** What it tells; each may be told once per channel. */
  readonly items: readonly Transition[];
}

export type RecordOperation =
  | { readonly op: 'transition'; readonly transition: Transition }
  /** What a restart needs of one alert; null: nothing. */
  | { readonly op: 'state'; readonly key: string; readonly entry: unknown }
  | { readonly op: 'silence'; readonly silence: Silence }
  | { readonly op: 'unsilence'; readonly id: string }
  /** A new notification, or more items for one that nobody has tried to send. */
  | { readonly op: 'notification'; readonly row: OutboxRow }
  | {
      readonly op: 'attempted';
      readonly id: string;
      readonly state: OutboxRow['state'];
      readonly due: number;
      readonly attempts: number;
    }
  | { readonly op: 'log'; readonly entry: DeliveryLogEntry }
  | { readonly op: 'annotate'; readonly annotation: Annotation };

export interface LoadedRecords {
  readonly states: readonly unknown[];
  readonly silences: readonly Silence[];
  /** Queued ones, oldest first. */
  readonly outbox: readonly OutboxRow[];
  /** Which channels were told of which alert that is still remembered. */
  readonly told: readonly { readonly alert: string; readonly channel: string }[];
}

export interface DeliveryLogQuery {
  readonly channel?: string | undefined;
  readonly limit: number;
}

export interface AlertRecords {
  /** All of it or nothing. Writing the same again changes nothing. */
  write(operations: readonly RecordOperation[]): Promise<void>;
  load(): Promise<LoadedRecords>;
  history(query: HistoryQuery): Promise<readonly HistoryEntry[]>;
  figures(range: { readonly from: number; readonly until: number }): Promise<AlertFigures>;
  deliveryLog(query: DeliveryLogQuery): Promise<readonly DeliveryLogEntry[]>;
  /** In the order of time. */
  annotations(range: { readonly from: number; readonly until: number }): Promise<readonly Annotation[]>;
  /** Forgets what ended before; @returns rows taken out. */
  prune(before: number): Promise<number>;
}
