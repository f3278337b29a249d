import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runExplain } from '../../src-main/command-line/explain.ts';
import { readRecording } from '../../src-main/explain/read-recording.ts';
import type { Recording } from '../../src-main/explain/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { recordingOf, situations } from './situations.ts';

const linesOf = (recording: Recording): string =>
  recording
    .map(({ at, values, processes }) =>
      JSON.stringify({
        at: new Date(at).toISOString(),
        values: Object.fromEntries([...values].map(([key, value]) => [`hakgal_${key}`, value])),
        processes: processes?.map(({ cpuCores, memoryBytes, diskBytesPerSecond, ...rest }) => ({
          ...rest,
          cpu_cores: cpuCores,
          memory_bytes: memoryBytes,
          disk_bytes_per_second: diskBytesPerSecond,
        })),
      }),
    )
    .join('\n');

describe('the explanation of a recorded file', () => {
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
  const recorded = (text: string): string => {
    const file = join(temporaryFolder(), 'recorded.jsonl');
    writeFileSync(file, text);
    return file;
  };
  const build = situations.find(({ title }) => title === 'a build in the terminal of an editor');

  it('says it in a sentence, with names as /metrics shows them', async () => {
    const file = recorded(linesOf(recordingOf(build as (typeof situations)[number])));
    expect(await runExplain(['--input', file, '--language', 'en'])).toBe(0);
    expect(out.join('')).toMatch(
      /^Slow since \d\d:\d\d: vite build \(node 13111, started by .+\) uses 1\.[89] of 2 cores\./,
    );
    out.length = 0;
    expect(await runExplain(['--input', file, '--language', 'de'])).toBe(0);
    expect(out.join('')).toMatch(/^Langsam seit \d\d:\d\d: vite build .+ belegt 1,[89] von 2 Kernen\./);
  });

  it('says it as JSON, best cause first', async () => {
    const file = recorded(linesOf(recordingOf(build as (typeof situations)[number])));
    expect(await runExplain(['--input', file, '--json'])).toBe(0);
    const { sentence, causes } = JSON.parse(out.join(''));
    expect(sentence).toContain('vite build');
    expect(causes[0]).toMatchObject({ kind: 'cpu', name: 'vite build', pid: 13_111 });
    expect(causes[0].confidence).toBeGreaterThan(0.8);
    expect(causes[0].evidence[0]).toContain('CPU');
  });

  it('has no cause where nothing is wrong', async () => {
    const quiet = situations.find(({ cause }) => cause === undefined) as (typeof situations)[number];
    expect(await runExplain(['--input', recorded(linesOf(recordingOf(quiet))), '--json'])).toBe(0);
    expect(JSON.parse(out.join(''))).toMatchObject({ causes: [], sentence: expect.stringMatching(/./) });
  });

  it('names the first line that it cannot read', async () => {
    expect(await runExplain(['--input', recorded('{"at":1,"values":{}}\n{"at":2,"values":{"a":"x"}}')])).toBe(1);
    expect(complaints.join('')).toContain('Line 2');
    expect(await runExplain(['--input', '/nowhere/at.all'])).toBe(1);
    expect(await runExplain(['--wrong'])).toBe(2);
  });

  it('takes seconds, milliseconds and ISO times, null values, a byte order mark, blank lines and any order', () => {
    const read = readRecording(
      '\uFEFF{"at":1767225602,"values":{"a":null}}\n\n{"at":"2026-01-01T00:00:01Z"}\n{"at":1767225600000}\n',
    );
    expect(read.ok && read.value.map(({ at, values }) => [at, values.size])).toEqual([
      [1_767_225_600_000, 0],
      [1_767_225_601_000, 0],
      [1_767_225_602_000, 0],
    ]);
    expect(readRecording('')).toMatchObject({ ok: false });
    expect(readRecording('{"at":"yesterday"}')).toMatchObject({ ok: false });
  });
});
