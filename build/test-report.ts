/**
 * A vitest reporter (taken by its file's default export) that leaves counts and the reasons of skips in a file, for the
 * closing line of `npm test`.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export default class TestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const path = process.env.HAKGAL_TEST_REPORT;
    if (path === undefined) return;
    let passed = 0;
    // An error outside any test, or a file that does not load, is a failure of its own.
    let failed = unhandledErrors.length;
    const skipped: { name: string; reason: string }[] = [];
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed') failed += 1;
        else
          skipped.push({
            name: `${module.relativeModuleId} > ${test.fullName}`,
            reason: ('note' in result ? result.note : undefined) ?? 'no reason given',
          });
      }
    }
    writeFileSync(path, JSON.stringify({ passed, failed, skipped } satisfies TestReport));
  }
}
