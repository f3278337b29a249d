import { describe, expect, it } from 'vitest';
import { refusedSwitch } from '../../src-main/desktop/desktop-options.ts';
import { outsideAddress } from '../../src-main/desktop/outside-address.ts';

describe('a link that leads outside', () => {
  it.each([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
    ['https://ada:secret@example.org/', 'https://example.org/'],
    ['http://token@127.0.0.1:3000/x', 'http://127.0.0.1:3000/x'],
    ['mailto:a@example.org?subject=x&attach=/etc/passwd', 'mailto:a@example.org?subject=x'],
    ['mailto:a@example.org?ATTACHMENT=C:%5Cx&Body=y', 'mailto:a@example.org?Body=y'],
  ])('%s is opened as %s', (given, opened) => expect(outsideAddress(given)).toBe(opened));

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'app://dashboard/x',
    'smb://server/share',
    'ms-msdt:/id',
    'vbscript:x',
    'not an address',
    `https://example.org/${'x'.repeat(5_000)}`,
  ])('%s is not opened', (given) => expect(outsideAddress(given)).toBeUndefined());
});

describe('the installed app', () => {
  it.each([
    '--inspect',
    '--inspect-brk=0',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--js-flags=--allow-natives-syntax',
    '--proxy-server=evil:1',
    '--proxy-pac-url=http://evil',
    '--host-resolver-rules=MAP * evil',
    '--disable-web-security',
    '--no-sandbox',
    '--disable-setuid-sandbox',
    '--ignore-certificate-errors',
    '--load-extension=/x',
    '--user-data-dir=/x',
  ])('refuses %s', (arg) => expect(refusedSwitch(['--hidden', arg])).toBe(arg.split('=')[0]));

  it('takes its own options and what a desktop adds', () => {
    const args = ['--hidden', '--demo', '--data-dir', '/d', '--ozone-platform=wayland', '--lang=de', '--disable-gpu'];
    expect(refusedSwitch(args)).toBeUndefined();
  });
});
