import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type TargetSettings, targetSchema, targetsSettingsSchema } from '../../src-main/contract/settings/targets.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import type { Source } from '../../src-main/sampling/source.ts';
import { createTargetSet } from '../../src-main/targets/target-set.ts';
import { runOnce } from '../support/run-once.ts';
import { temporaryFolder } from '../support/temporary.ts';

function watching(memoryPath?: string) {
  const sources = new Map<string, Source>();
  const set = createTargetSet({
    clock: systemClock,
    platform: process.platform,
    ...(memoryPath !== undefined && { memoryPath }),
    processesNamed: () => ({ count: 1, cpu: 0, memoryBytes: 1 }),
    addSource: (source) => sources.set(source.id, source),
    removeSource: async (id) => {
      const source = sources.get(id);
      sources.delete(id);
      await source?.close?.();
    },
  });
  return { set, sources };
}

const target = (id: string, more: object = {}): TargetSettings =>
  targetSchema.parse({ kind: 'process', id, title: id, name: 'node', ...more });

describe('the set of targets', () => {
  it('follows the settings and leaves alone what did not change', async () => {
    const { set, sources } = watching();
    set.apply([target('a'), target('b')]);
    const before = sources.get('process-target:a');
    await runOnce(before as Source);
    set.apply([target('a'), target('b', { minCount: 5 }), target('c', { isEnabled: false })]);
    expect(sources.get('process-target:a')).toBe(before);
    expect([...sources.keys()].sort()).toEqual(['process-target:a', 'process-target:b']);
    expect(set.statuses().map(({ settings, state }) => [settings.id, state])).toEqual([
      ['a', 'up'],
      ['b', 'starting'],
      ['c', 'unknown'],
    ]);
    set.apply([]);
    expect(sources.size).toBe(0);
    await set.close();
  });

  it('has one main knowledge base, and the next takes over when it goes', async () => {
    const { set, sources } = watching();
    const kb = (id: string) => target(id, { kind: 'sqlite', path: `/nowhere/${id}.db`, profile: 'hakgal' });
    set.apply([kb('one'), kb('two')]);
    const two = sources.get('sqlite-target:two');
    set.apply([kb('two')]);
    expect(sources.get('sqlite-target:two')).not.toBe(two);
    await set.close();
  });

  it('lets go of a database that the doctor replaces, says so, and keeps its place as the main one', async () => {
    const { set, sources } = watching();
    const kb = (id: string) => target(id, { kind: 'sqlite', path: `/nowhere/${id}.db`, profile: 'hakgal' });
    const list = [kb('one'), kb('two')];
    set.apply(list);
    const two = sources.get('sqlite-target:two');
    set.apply(list, new Set(['one']));
    expect(sources.get('sqlite-target:one')).toBeUndefined();
    expect(sources.get('sqlite-target:two')).toBe(two);
    expect(set.statuses()[0]).toMatchObject({ kind: 'in-repair', settings: { isEnabled: true } });
    set.apply(list);
    expect(sources.get('sqlite-target:one')).toBeDefined();
    await set.close();
  });

  it('knows the number of database errors only while a database or its log is watched', async () => {
    const { set, sources } = watching();
    const errors = set.sources[0] as Source;
    expect(await runOnce(errors)).toEqual({});
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    set.apply([target('log', { kind: 'log', path })]);
    await runOnce(sources.get('log-target:log') as Source);
    appendFileSync(path, 'no such table: audit_log\n'.repeat(7_154));
    await runOnce(sources.get('log-target:log') as Source);
    expect(await runOnce(errors)).toEqual({ database_errors_total: 7_154 });
    set.apply([]);
    expect(await runOnce(errors)).toEqual({});
    await set.close();
  });

  it('takes a changed schema for the right one when told', async () => {
    const path = join(temporaryFolder(), 'some.db');
    const change = (sql: string): void => {
      const database = new Database(path);
      database.exec(sql);
      database.close();
    };
    change('CREATE TABLE a (x)');
    const { set, sources } = watching();
    const look = async (): Promise<string | undefined> => {
      await runOnce(sources.get('sqlite-target:db') as Source);
      return set.statuses()[0]?.kind;
    };
    set.apply([target('db', { kind: 'sqlite', path })]);
    expect(await look()).toBe('ok');
    change('CREATE TABLE b (x)');
    expect(await look()).toBe('schema-drift');
    expect(set.acceptSchema('db')).toBe(true);
    expect(await look()).toBe('ok');
    expect(set.acceptSchema('other')).toBe(false);
    await set.close();
  });

  it('tries a target without adding it or leaving a trace', async () => {
    const { set, sources } = watching();
    expect(await set.test(target('x'))).toMatchObject({ state: 'up', kind: 'ok' });
    const missing = target('y', { kind: 'sqlite', path: '/nowhere/x.db' });
    expect(await set.test(missing)).toMatchObject({ state: 'down', kind: 'missing' });
    expect(sources.size).toBe(0);
    expect(set.statuses()).toEqual([]);
    await set.close();
  });
});

describe('settings of targets', () => {
  it('refuse two of one id, patterns that are none and addresses of other kinds', () => {
    const parse = (...list: object[]) => targetsSettingsSchema.safeParse({ list }).success;
    expect(parse(target('a'), target('b'))).toBe(true);
    expect(parse(target('a'), target('a'))).toBe(false);
    const base = { id: 'a', title: 'A' };
    expect(parse({ ...base, kind: 'log', path: '/x', patterns: [{ name: 'x', pattern: '(' }] })).toBe(false);
    expect(parse({ ...base, kind: 'http', url: 'file:///etc/passwd' })).toBe(false);
    expect(parse({ ...base, kind: 'http', url: 'https://example.org/health' })).toBe(true);
    expect(parse({ ...base, kind: 'port', port: 70_000 })).toBe(false);
  });
});
