/**
 * The whole test run after the install: Chromium, build, unit tests, then tests of the built app; closes with one line
 * of sums. `--prepare` stops before the tests. Other arguments go to vitest as they are.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, projectEnvironment, projectNode, root, runToEnd } from './bootstrap.mjs';
import { findChromium } from './find-chromium.ts';
import type { TestReport } from './test-report.ts';

const args = process.argv.slice(2);
const chromium = findChromium();
console.log('path' in chromium ? `Browser tests use ${chromium.path}.` : `No browser tests: ${chromium.missing}.`);
ensureBuilt();
if (args.includes('--prepare')) process.exit(0);

const reportFolder = mkdtempSync(join(tmpdir(), 'hakgal-report-'));
const reports: TestReport[] = [];
for (const project of ['unit', 'e2e']) reports.push(await runProject(project));
rmSync(reportFolder, { recursive: true, force: true });

const skipped = reports.flatMap((report) => report.skipped);
if (skipped.length > 0) {
  console.log('\nSkipped:');
  for (const { name, reason } of skipped) console.log(`  ${name}: ${reason}`);
}
const sum = (pick: (report: TestReport) => number): number =>
  reports.reduce((total, report) => total + pick(report), 0);
// .ci/run counts its checks as one more runner.
const failed = sum((report) => report.failed) + (process.env.HAKGAL_CHECKS_FAILED === '1' ? 1 : 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${sum((report) => report.passed)} passed, ${failed} failed, ${skipped.length} skipped`);

async function runProject(project: string): Promise<TestReport> {
  const path = join(reportFolder, `${project}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', `--reporter=${join(root, 'build', 'test-report.ts')}`];
  const { code } = await runToEnd(
    projectNode(),
    [
      vitest,
      'run',
      '--config',
      'test/vitest.config.ts',
      '--project',
      project,
      '--passWithNoTests',
      ...reporters,
      ...args,
    ],
    {
      env: {
        ...projectEnvironment(),
        HAKGAL_TEST_REPORT: path,
        ...('path' in chromium && { HAKGAL_CHROMIUM: chromium.path }),
      },
    },
  );
  const report = readReport(path);
  // A runner that ended badly without counting a failure has failed all the same.
  return code !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report;
}

function readReport(path: string): TestReport {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TestReport;
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}
