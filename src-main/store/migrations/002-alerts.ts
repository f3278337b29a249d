import type { Migration } from './migration.ts';

/** Alerts, what happened to them, and what has to be told to whom. */
export const alerts: Migration = {
  version: 2,
  sentence: 'alert states and transitions, silences, the outbox of notifications and its log',
  sql: `
    CREATE TABLE alert_states (key TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_transitions (
      id TEXT PRIMARY KEY,
      alert TEXT NOT NULL,
      rule TEXT NOT NULL,
      severity TEXT NOT NULL,
      kind TEXT NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX alert_transitions_by_time ON alert_transitions (kind, at);
    CREATE INDEX alert_transitions_by_alert ON alert_transitions (alert, at);

    CREATE TABLE silences (id TEXT PRIMARY KEY, until INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
      id TEXT PRIMARY KEY,
      channel TEXT NOT NULL,
      at INTEGER NOT NULL,
      due INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      state TEXT NOT NULL,
      items TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_waiting ON outbox (at) WHERE state = 'queued';

    -- The promise "once per transition and channel" is this key.
    CREATE TABLE outbox_items (
      transition TEXT NOT NULL,
      channel TEXT NOT NULL,
      alert TEXT NOT NULL,
      notice TEXT NOT NULL,
      PRIMARY KEY (transition, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_items_by_alert ON outbox_items (alert);

    CREATE TABLE delivery_log (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      channel TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX delivery_log_by_channel ON delivery_log (channel, at);
  `,
};
