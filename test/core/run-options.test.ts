import { describe, expect, it } from 'vitest';
import { parseRunOptions } from '../../src-main/command-line/run-options.ts';

const noEnvironment = (): undefined => undefined;

describe('the command line of run', () => {
  it('leaves everything to the settings when nothing is said', () => {
    expect(parseRunOptions([], noEnvironment)).toMatchObject({
      ok: true,
      value: { apiPort: undefined, isDemo: false, isJson: false },
    });
  });

  it('takes ports, directory and switches', () => {
    const outcome = parseRunOptions(
      ['--api-port', '0', '--metrics-port=9001', '--data-dir', '/d', '--demo', '--json'],
      noEnvironment,
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: { apiPort: 0, metricsPort: 9001, dataDir: '/d', isDemo: true, isJson: true },
    });
  });

  it('takes the environment where the command line is silent', () => {
    const environment = (name: string): string | undefined =>
      ({ HAKGAL_API_PORT: '7000', HAKGAL_DATA_DIR: '/e' })[name];
    expect(parseRunOptions(['--data-dir', '/d'], environment)).toMatchObject({
      ok: true,
      value: { apiPort: 7000, dataDir: '/d' },
    });
  });

  it.each([['--nonsense'], ['--api-port', 'http'], ['--api-port', '65536'], ['--metrics-port', '-1'], ['extra']])(
    'refuses %s %s',
    (...args) => {
      expect(
        parseRunOptions(
          args.filter((arg) => arg !== undefined),
          noEnvironment,
        ),
      ).toMatchObject({ ok: false, failure: { kind: 'wrong-use' } });
    },
  );
});
