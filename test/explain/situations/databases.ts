import { problem, type Situation, target } from './situation.ts';

export const databases: readonly Situation[] = [
  {
    title: 'a locked database',
    machine: {
      seed: 40,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('kb', 'sqlite', 'locked')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'queries are slow while the machine has time',
    machine: {
      seed: 41,
      extras: [
        {
          from: 0,
          values: (second, random) => ({
            query_time_seconds: second < 30 ? 0.012 : 0.4 + 0.1 * random(),
            ...(second % 10 === 0 ? target('kb', 'sqlite', 1) : {}),
          }),
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'a table is missing and errors rain',
    machine: {
      seed: 42,
      extras: [
        {
          from: 0,
          values: (second) => ({
            database_errors_total: Math.max(0, second - 20) * 12,
            ...(second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 20 ? 1 : 0),
                  ...(second < 20 ? {} : problem('kb', 'sqlite', 'schema-drift')),
                }
              : {}),
          }),
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
  {
    title: 'a database file is gone',
    machine: {
      seed: 43,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('shop', 'sqlite', second < 20 ? 1 : 0),
                  ...(second < 20 ? {} : problem('shop', 'sqlite', 'missing')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'shop' },
  },
  {
    title: 'a locked database takes its service down',
    machine: {
      seed: 44,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('kb', 'sqlite', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('kb', 'sqlite', 'locked')),
                  ...target('api', 'http', second < 40 ? 1 : 0),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'database', name: 'kb' },
  },
];
