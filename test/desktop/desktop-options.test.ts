import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../src-main/desktop/autostart-entry.ts';
import { ownArguments, parseDesktopOptions } from '../../src-main/desktop/desktop-options.ts';

const unset = (): undefined => undefined;

describe('the command line of the desktop app', () => {
  it('takes the options of headless and --hidden', () => {
    const parsed = parseDesktopOptions(['--demo', '--data-dir', '/d', '--hidden'], unset);
    expect(parsed).toMatchObject({ ok: true, value: { isDemo: true, dataDir: '/d', isHidden: true } });
  });
  it('passes over the switches that Chromium reads', () => {
    expect(parseDesktopOptions(['--no-sandbox', '--ozone-platform=wayland', '--lang=de'], unset).ok).toBe(true);
  });
  it('refuses what nobody knows', () => {
    expect(parseDesktopOptions(['--dmeo'], unset)).toMatchObject({ ok: false, failure: { kind: 'wrong-use' } });
  });
  it('finds its own arguments behind the folder in a checkout, and behind the program in a package', () => {
    expect(ownArguments(['/e', '--inspect=0', '-r', '/x.cjs', '/app', '--demo'], '/app', false)).toEqual(['--demo']);
    expect(ownArguments(['/hakgal', '--hidden'], '/hakgal/resources/app.asar', true)).toEqual(['--hidden']);
  });
});

it('quotes every argument of the autostart entry as the specification says', () => {
  const [exec] = autostartEntry(['/opt/My App/hakgal', 'a"b$c', '100%', 'back\\slash'])
    .split('\n')
    .filter((line) => line.startsWith('Exec='));
  expect(exec).toBe('Exec="/opt/My App/hakgal" "a\\\\"b\\\\$c" "100%%" "back\\\\\\\\slash"');
});
