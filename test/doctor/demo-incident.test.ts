/** The incident as a newcomer meets it: the demo's application fails on the missing table until one click on Repair. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../src-main/contract/doctor/jobs.ts';
import { startMonitor } from '../../src-main/monitor.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { eventually } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { count } from './support/make-database.ts';

it('the demo writes errors, is repaired while it runs, and writes audit rows from then on', {
  timeout: 330_000,
}, async () => {
  const dataDir = temporaryFolder();
  const monitor = await startMonitor({
    clock: systemClock,
    dataDir,
    shell: 'headless',
    version: 'test',
    isDemo: true,
    apiPort: 0,
    metricsPort: 0,
  });
  onTestFinished(async () => void (await monitor.stop()));
  const { doctor } = createRouterClient(await monitor.loadRouter(), { context: {} });
  const file = join(dataDir, 'demo', 'hexagonal_kb.db');
  const log = join(dataDir, 'demo', 'application.log');
  const text = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  /** Says which step did not come, and what the application had written until then. */
  const comes = async (step: string, hasCome: () => boolean): Promise<void> => {
    const isLate = (error: unknown): never => {
      throw new Error(`Not within a minute: ${step}. The application's log:\n${text().slice(-2_000)}`, {
        cause: error,
      });
    };
    await eventually(async () => hasCome(), Boolean, 60_000).catch(isLate);
  };
  const endOf = async (job: Job): Promise<Job> => {
    let last = job;
    void (async () => {
      for await (const state of await doctor.jobs.watch({ id: job.id })) last = state;
    })();
    await comes(`the end of the ${job.kind}`, () => last.endedAt !== null).catch((error: Error) => {
      throw new Error(`${error.message}\nThe job: ${JSON.stringify(last).slice(0, 2_000)}`);
    });
    return last;
  };

  await comes('the error of the missing table', () => text().includes('no such table: audit_log'));
  const repaired = await endOf(await doctor.repair({ file, profile: 'hakgal', confirm: 'never' }));
  expect(repaired.result).toMatchObject({
    report: { isApplied: true, before: { verdict: 'damaged' }, after: { verdict: 'healthy' } },
  });
  // The repair ended the application and started it again.
  const secondRun = (): string | undefined => text().split('the sample application starts')[2];
  await comes('the second start of the application', () => secondRun() !== undefined);
  await comes('the first row in audit_log', () => count(file, 'audit_log') > 0);
  expect(secondRun()).not.toContain('no such table');

  const undone = await endOf(await doctor.undo({ file, isChangeAccepted: true }));
  expect(undone.result).toMatchObject({ report: { isIdentical: true } });
});
