/** Notifications on their way, and what became of each attempt, as rows. */
import type { Database } from 'better-sqlite3';
import type { DeliveryLogEntry } from '../../contract/channels.ts';
import { assertNever } from '../../contract/outcome.ts';
import type { DeliveryLogQuery, RecordOperation } from './record-types.ts';

type OutboxOperation = Extract<RecordOperation, { op: 'notification' | 'attempted' | 'log' }>;

export function writeOutbox(database: Database, operation: OutboxOperation): void {
  switch (operation.op) {
    case 'notification': {
      const { id, channel, at, due, attempts, state, items } = operation.row;
      const claim = database.prepare(
        'INSERT INTO outbox_items (transition, channel, alert, notice) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      );
      for (const item of items) claim.run(item.id, channel, item.alert.id, id);
      database
        .prepare(
          `INSERT INTO outbox (id, channel, at, due, attempts, state, items) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET items = excluded.items WHERE state = 'queued' AND attempts = 0`,
        )
        .run(id, channel, Math.round(at), Math.round(due), attempts, state, JSON.stringify(items));
      return;
    }
    case 'attempted':
      database
        .prepare('UPDATE outbox SET state = ?, due = ?, attempts = ? WHERE id = ?')
        .run(operation.state, Math.round(operation.due), operation.attempts, operation.id);
      return;
    case 'log':
      database
        .prepare('INSERT INTO delivery_log (at, channel, body) VALUES (?, ?, ?)')
        .run(Math.round(operation.entry.at), operation.entry.channel, JSON.stringify(operation.entry));
      return;
    default:
      assertNever(operation);
  }
}

export function readDeliveryLog(database: Database, { channel, limit }: DeliveryLogQuery): DeliveryLogEntry[] {
  const rows = database
    .prepare('SELECT body FROM delivery_log WHERE @channel IS NULL OR channel = @channel ORDER BY id DESC LIMIT @limit')
    .pluck()
    .all({ channel: channel ?? null, limit }) as string[];
  return rows.map((body) => JSON.parse(body) as DeliveryLogEntry);
}
