import { one, problem, type Situation, target } from './situation.ts';

export const services: readonly Situation[] = [
  {
    title: 'an address answers no more',
    machine: {
      seed: 50,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('api', 'http', second < 30 ? 1 : 0),
                  ...(second < 30 ? {} : problem('api', 'http', 'refused')),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
  {
    title: 'a program ended and its address with it',
    machine: {
      seed: 51,
      extras: [
        {
          from: 0,
          values: (second) => ({
            ...(second % 10 === 0 ? target('web', 'http', second < 30 ? 1 : 0) : {}),
            ...(second % 10 === 5 ? target('web-program', 'process', second < 30 ? 1 : 0) : {}),
          }),
        },
      ],
    },
    cause: { kind: 'service', name: 'web-program' },
  },
  {
    title: 'a port that others stand on',
    machine: {
      seed: 52,
      seconds: 120,
      extras: [
        {
          from: 0,
          values: (second) =>
            second % 10 === 0
              ? {
                  ...target('cache', 'port', second < 30 ? 1 : 0),
                  ...target('shop', 'http', second < 50 ? 1 : 0),
                  ...target('blog', 'http', second < 50 ? 1 : 0),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'cache' },
  },
  {
    title: 'a dead service on a machine that builds',
    machine: {
      seed: 53,
      extras: [
        { from: 0, values: (second) => (second % 10 === 0 ? target('api', 'http', second < 30 ? 1 : 0) : {}) },
        one(0, () => [
          { pid: 9900, parent: 1120, name: 'tsc', command: 'node /a/node_modules/typescript/bin/tsc -w', cpuCores: 1 },
        ]),
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
  {
    title: 'an address answers very slowly',
    machine: {
      seed: 54,
      extras: [
        {
          from: 0,
          values: (second, random) =>
            second % 5 === 0
              ? {
                  ...target('api', 'http', 1),
                  'http_target_response_seconds{target="api"}': second < 40 ? 0.03 + 0.01 * random() : 3 + random(),
                }
              : {},
        },
      ],
    },
    cause: { kind: 'service', name: 'api' },
  },
];
