import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runExplain } from '../../src-main/command-line/explain.ts';
import { parseExplainOptions } from '../../src-main/command-line/explain-options.ts';
import { runExport } from '../../src-main/command-line/export.ts';
import { momentOf } from '../../src-main/command-line/moment.ts';
import { explainedMetrics } from '../../src-main/explain/causes/index.ts';
import { explain } from '../../src-main/explain/explain.ts';
import { type Lines, recordedLines } from '../../src-main/explain/recording.ts';
import { dataPaths } from '../../src-main/platform/paths.ts';
import { importTable } from '../../src-main/store/transfer/import-table.ts';
import { openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { recordingOf, situations } from './situations.ts';

const start = Date.UTC(2026, 0, 1, 12);
const iso = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();

/** Two quiet minutes, two of a build, one quiet again. */
async function dataDirWithHistory(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openedForTest(dataPaths(folder).history);
  const head = [
    'time,system_cpu_percent',
    ...[0, 1].map((core) => `"cpu_core_usage_ratio{core=""${core}""}"`),
    ...['vite build', 'Firefox'].map((name) => `"processes_cpu_cores_ratio{name=""${name}""}"`),
    '"processes_instances{name=""vite build""}"',
  ].join(',');
  const lines = Array.from({ length: 300 }, (_, second) => {
    const isBusy = second >= 120 && second < 240;
    const percent = isBusy ? 97 : 8;
    const programs = second % 10 === 9 ? `${isBusy ? '1.85,0.05,3' : ',0.1,'}` : ',,';
    return `${iso(second)},${percent},${percent / 100},${percent / 100},${programs}`;
  });
  await importTable(store, Readable.from([Buffer.from([head, ...lines].join('\n'))]));
  await store.settle();
  return folder;
}

describe('the explanation of a past that is stored', () => {
  const out: string[] = [];
  const complaints: string[] = [];
  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(String(text)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    out.length = 0;
    complaints.length = 0;
  });

  it('names who it was, without numbers that are gone', async () => {
    const folder = await dataDirWithHistory();
    expect(await runExplain(['--from', iso(0), '--to', iso(300), '--data-dir', folder, '--json'])).toBe(0);
    const { sentence, causes } = JSON.parse(out.join(''));
    expect(causes[0]).toMatchObject({ kind: 'cpu', name: 'vite build', pid: null, since: iso(120), until: iso(239) });
    expect(sentence).toContain('vite build');
    expect(sentence).not.toMatch(/-\d/);
  });

  it('says that nothing was slow, and that nothing is known', async () => {
    const folder = await dataDirWithHistory();
    const say = async (from: number, to: number, language: string): Promise<string> => {
      out.length = 0;
      await runExplain(['--from', iso(from), '--to', iso(to), '--data-dir', folder, '--language', language]);
      return out.join('').trim();
    };
    expect(await say(0, 100, 'en')).toBe('Nothing was slow.');
    expect(await say(0, 100, 'de')).toBe('Nichts war langsam.');
    expect(await say(7_200, 7_300, 'en')).toBe('Not known: nothing was recorded of this time.');
  });

  it('says where there is no history', async () => {
    expect(await runExplain(['--data-dir', join(temporaryFolder(), 'none')])).toBe(1);
    expect(complaints.join('')).toContain('There is no history');
  });

  it('takes spans of six hours at most, in this order', () => {
    const parse = (...args: string[]) => parseExplainOptions(args, start);
    expect(parse()).toMatchObject({ ok: true, value: { of: { from: start - 600_000, until: start } } });
    expect(parse('--from', '20m', '--to', '10m')).toMatchObject({
      ok: true,
      value: { of: { from: start - 1_200_000, until: start - 600_000 } },
    });
    for (const args of [
      ['--from', '7h'],
      ['--from', '1m', '--to', '2m'],
      ['--from', 'soon'],
      ['--to', '25:00'],
    ])
      expect(parse(...args).ok, args.join(' ')).toBe(false);
    expect(parse('--input', '-', '--from', '1h').ok).toBe(false);
  });

  it('reads every metric that a finder asks for', () => {
    const asked = new Set<string>();
    for (const situation of situations) {
      const recording = recordingOf(situation);
      const lines = recordedLines(recording);
      const spy: Lines = {
        of: (metric) => {
          asked.add(metric);
          return lines.of(metric);
        },
        one: (metric, labels) => {
          asked.add(metric);
          return lines.one(metric, labels);
        },
      };
      explain(recording, spy);
    }
    expect([...asked].filter((metric) => !explainedMetrics.includes(metric))).toEqual([]);
    expect(explainedMetrics.filter((metric) => !asked.has(metric))).toEqual([]);
  });

  it('is exported by the names that /metrics shows, and refused by names that are not there', async () => {
    const folder = await dataDirWithHistory();
    expect(await runExport(['--series', 'hakgal_system_cpu_percent', '--data-dir', folder])).toBe(0);
    expect(complaints.join('')).toContain('300 samples');
    complaints.length = 0;
    expect(await runExport(['--series', 'hakgal_cpu_core_usage_ratio{core="1"}', '--data-dir', folder])).toBe(0);
    expect(complaints.join('')).toContain('300 samples');
    expect(await runExport(['--series', 'system_cpu_percent,cpu_percnt', '--data-dir', folder])).toBe(2);
    expect(complaints.join('')).toContain('no series cpu_percnt');
    const broken = dataPaths(temporaryFolder()).history;
    writeFileSync(broken, 'no database');
    expect(await runExport(['--series', 'a', '--data-dir', join(broken, '..')])).toBe(1);
  });
});

describe('a time of the clock', () => {
  it('is the last one that the clock showed', () => {
    const now = new Date(2026, 5, 10, 20, 0).getTime();
    expect(momentOf('19:45', now)).toBe(new Date(2026, 5, 10, 19, 45).getTime());
    expect(momentOf('21:15', now)).toBe(new Date(2026, 5, 9, 21, 15).getTime());
    expect(momentOf('24:00', now)).toBeNaN();
  });
});
