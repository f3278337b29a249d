/** What is changed is kept with its time, over restarts and over a store that fails for a while. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../src-main/contract/doctor/jobs.ts';
import type { UndoEntry } from '../../src-main/contract/doctor/undo.ts';
import { defaultSettings, type Settings } from '../../src-main/contract/settings/settings.ts';
import { type Annotations, createAnnotations } from '../../src-main/core/annotations.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { TestRecords } from '../support/alert-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';

interface Desk {
  readonly annotations: Annotations;
  readonly clock: FakeClock;
  /** What the doctor keeps of the file. */
  readonly kept: UndoEntry[];
  change(settings: Partial<Settings>): void;
  end(job: Partial<Job>): void;
}

function deskOf(records: TestRecords, version = '1.0.0', clock = new FakeClock()): Desk {
  const changed = new Set<(next: Settings, previous: Settings) => void>();
  const ended = new Set<(job: Job) => void>();
  const subscribeTo = <T>(set: Set<T>) => ({
    subscribe: (listener: T) => {
      set.add(listener);
      return { [Symbol.dispose]: () => void set.delete(listener) };
    },
  });
  const kept: UndoEntry[] = [];
  let settings = defaultSettings;
  const annotations = createAnnotations({
    clock,
    logger: silentLogger,
    version,
    records,
    settings: subscribeTo(changed),
    jobs: subscribeTo(ended),
    undoList: async () => kept,
  });
  return {
    annotations,
    clock,
    kept,
    change: (part) => {
      const previous = settings;
      settings = { ...settings, ...part };
      for (const listener of changed) listener(settings, previous);
    },
    end: (job) => {
      for (const listener of ended) listener({ file: '/data/kb.db', state: 'done', ...job } as Job);
    },
  };
}

const told = async (records: TestRecords): Promise<string[]> =>
  (await records.annotations({ from: 0, until: 8e15 })).map(({ kind, subject }) => `${kind} ${subject}`.trim());

const { targets, alerts, store } = defaultSettings;
const kb = {
  kind: 'sqlite',
  id: 'kb',
  title: 'Knowledge base',
  path: '/data/kb.db',
} as Settings['targets']['list'][number];

describe('annotations', () => {
  it('tell of starts and stops, and of a new version once', async () => {
    const records = new TestRecords();
    const clock = new FakeClock();
    for (const version of ['1.0.0', '1.1.0', '1.1.0']) {
      const { annotations } = deskOf(records, version, clock);
      annotations.start();
      await clock.advance(1_000);
      await annotations.stop();
      await clock.advance(1_000);
    }
    expect(await told(records)).toEqual([
      'started 1.0.0',
      'stopped',
      'updated 1.1.0',
      'stopped',
      'started 1.1.0',
      'stopped',
    ]);
  });

  it('tell which area of the settings was changed, which rule, and what is watched or no longer', async () => {
    const records = new TestRecords();
    const { change, clock } = deskOf(records);
    const step = async (part: Partial<Settings>): Promise<void> => {
      change(part);
      await clock.advance(1_000);
    };
    await step({ store: { ...store, rawDays: 7 } });
    await step({ targets: { ...targets, list: [kb] } });
    await step({ targets: { ...targets, list: [{ ...kb, title: 'KB' }] } });
    await step({ targets });
    await step({ alerts: { ...alerts, disabledRules: ['high_cpu'], rules: [{ id: 'mine', title: 'Mine' }] } });
    await step({ alerts: { ...alerts, rules: [{ id: 'mine', title: 'Mine' }] } });
    await step({ general: { ...defaultSettings.general, theme: 'dark' } });
    expect(await told(records)).toEqual([
      'settings-changed store',
      'target-added Knowledge base',
      'settings-changed targets',
      'target-removed KB',
      'rule-changed high_cpu',
      'rule-changed mine',
      'rule-changed high_cpu',
    ]);
  });

  it('tell what was done to a database, and nothing of a dry run', async () => {
    const records = new TestRecords();
    const { end, clock } = deskOf(records);
    const report = { isApplied: true };
    for (const result of [
      { kind: 'examine' },
      { kind: 'repair', report: { isApplied: false } },
      { kind: 'repair', report },
      { kind: 'undo', report },
      { kind: 'restore', report },
    ] as unknown as NonNullable<Job['result']>[]) {
      end({ state: 'running', result: null });
      end({ result });
      await clock.advance(1_000);
    }
    expect(await told(records)).toEqual(['repaired /data/kb.db', 'repair-undone /data/kb.db', 'restored /data/kb.db']);
  });

  it('tell what the command line did to a database, once, and nothing of files that others replaced', async () => {
    const records = new TestRecords();
    const { annotations, clock, kept, end } = deskOf(records);
    const entry = (id: string, kind: UndoEntry['kind'], at: number) => ({ id, kind, at }) as UndoEntry;
    await annotations.fileReplaced('/data/kb.db');
    kept.push(entry('long-ago', 'repair', clock.now() - 2 * 3_600_000));
    await annotations.fileReplaced('/data/kb.db');
    expect(await told(records)).toEqual([]);

    kept.push(entry('by-hand', 'repair', clock.now() - 5_000));
    await annotations.fileReplaced('/data/kb.db');
    await annotations.fileReplaced('/data/kb.db');
    expect(await told(records)).toEqual(['repaired /data/kb.db']);

    await clock.advance(1_000);
    end({ result: { kind: 'undo', report: { undoId: 'in-the-window' } } as NonNullable<Job['result']> });
    kept.push(entry('in-the-window', 'undo', clock.now()));
    await annotations.fileReplaced('/data/kb.db');
    expect(await told(records)).toEqual(['repaired /data/kb.db', 'repair-undone /data/kb.db']);
  });

  it('keep the time at which it happened while the store fails', async () => {
    const records = new TestRecords();
    const { annotations, clock } = deskOf(records);
    records.fail = 'disk full';
    annotations.annotate('paused');
    const at = clock.now();
    await clock.advance(1_000);
    records.fail = undefined;
    await clock.advance(10_000);
    expect(await records.annotations({ from: 0, until: 8e15 })).toEqual([{ at, kind: 'paused', subject: '' }]);
    onTestFinished(() => annotations.stop());
  });
});
