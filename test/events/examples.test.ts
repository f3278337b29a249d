/** The examples that the README shows, run as they are against a running monitor. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireDebian } from '../support/debian.ts';
import { eventually, type Headless, startHeadless } from '../support/headless.ts';

const run = promisify(execFile);
let monitor: Headless;
beforeAll(async () => {
  monitor = await startHeadless();
});
afterAll(() => monitor?.stop());

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(monitor.metrics)).text();
  return Number(new RegExp(`^hakgal_${name} (\\S+)$`, 'm').exec(text)?.[1]);
};

describe('an example for reporting events', () => {
  const curl = requireDebian('curl', 'curl');
  const python = requireDebian('python3', 'python3');
  const why = (program: typeof curl): string => ('missing' in program ? ` (skipped: ${program.missing})` : '');
  let queries = 0;

  const counts = async (program: string, file: string, accepted: number): Promise<void> => {
    const { stdout } = await run(program, [`resources/examples/${file}`], {
      env: { ...process.env, HAKGAL: monitor.api },
    });
    expect(stdout.replaceAll("'", '"')).toMatch(new RegExp(`"accepted": ?${accepted}`));
    queries += 1;
    await eventually(
      () => metric('queries_total'),
      (value) => value === queries,
    );
  };

  it.skipIf('missing' in curl)(`works with curl${why(curl)}`, async () => {
    await counts('sh', 'report-events.sh', 2);
    expect(await metric('cache_hits_total')).toBe(1);
  });
  it.skipIf('missing' in python)(`works in Python${why(python)}`, () => counts('python3', 'report_events.py', 1));
  it('works in Node', () => counts(process.execPath, 'report-events.mjs', 1));
});
