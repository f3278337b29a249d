/** The kinds of things a user can add: one file each, one line here. */
import type { TargetKind } from '../contract/settings/targets.ts';
import { containerTarget } from './container-target.ts';
import { httpTarget } from './http-target.ts';
import { logTarget } from './log-target.ts';
import { portTarget } from './port-target.ts';
import { processTarget } from './process-target.ts';
import { prometheusTarget } from './prometheus-target.ts';
import { sqliteTarget } from './sqlite-target.ts';
import type { TargetType } from './target-type.ts';

export const targetTypes: { readonly [K in TargetKind]: TargetType<K> } = {
  sqlite: sqliteTarget,
  http: httpTarget,
  port: portTarget,
  process: processTarget,
  log: logTarget,
  prometheus: prometheusTarget,
  container: containerTarget,
};
