import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src-main/platform/run-command.ts';

const node = (script: string, timeoutMs = 20_000, maxBytes?: number) =>
  runCommand(process.execPath, ['-e', script], { timeoutMs, ...(maxBytes !== undefined && { maxBytes }) });

describe('running a program', () => {
  it('gives what it printed, in the language of machines', async () => {
    expect(await node('process.stdout.write(process.env.LC_ALL)')).toEqual({ ok: true, value: 'C' });
  });

  it('hands parameters on as they are, without a shell', async () => {
    const outcome = await runCommand(process.execPath, ['-p', 'process.argv[1]', '$HOME; *'], { timeoutMs: 20_000 });
    expect(outcome).toEqual({ ok: true, value: '$HOME; *\n' });
  });

  it.each([
    ['is not there', () => runCommand('/nowhere/program', [], { timeoutMs: 1_000 })],
    ['fails', () => node('process.exit(3)')],
    ['never ends', () => node('setInterval(() => {}, 1000)', 300)],
    ['prints without end', () => node('for (;;) process.stdout.write("x".repeat(65536))', 20_000, 100_000)],
  ])('that %s is a failure with its name in it', async (_, run) => {
    const outcome = await run();
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'command-failed' } });
    expect(outcome.ok ? '' : outcome.failure.message).toMatch(/program|node/);
  });
});
