/**
 * Settings under the names that the field has for them: limits are `max…`, distances in time intervals, levels
 * thresholds.
 */
import { changedAt, type Fields, isFields, renamed, type SettingsMigration } from './migration.ts';

const names: readonly (readonly [path: string, Readonly<Record<string, string>>])[] = [
  ['events', { mostOpenTelemetrySeries: 'maxOpenTelemetrySeries' }],
  ['events.statsd', { mostSeries: 'maxSeries' }],
  ['doctor.backups', { everyHours: 'intervalHours' }],
  ['notify.heartbeat', { everySeconds: 'intervalSeconds' }],
  [
    'targets.list.*',
    { mostSeries: 'maxSeries', everySeconds: 'intervalSeconds', take: 'include', atLeast: 'minCount' },
  ],
  ['targets.list.*.quickCheck', { everyHours: 'intervalHours', mostSeconds: 'maxSeconds' }],
  ['alerts.rules.*', { mutes: 'inhibits' }],
  ['alerts.rules.*.match.*', { is: 'operator' }],
  ['alerts.rules.*.levels.*', { enter: 'threshold', leave: 'recoveryThreshold' }],
];

export const standardNames: SettingsMigration = {
  to: 2,
  migrate: (settings) =>
    names.reduce<Fields>((changed, [path, map]) => {
      const next = changedAt(changed, path.split('.'), (fields) => renamed(fields, map));
      return isFields(next) ? next : changed;
    }, settings),
};
