/**
 * Names that are markup, change direction, hold lines or never end: seen as what they are wherever they are told, and
 * harmless there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src-main/contract/text/visible-text.ts';
import { slackBody } from '../../src-main/notify/channels/slack.ts';
import { composeShort } from '../../src-main/notify/compose.ts';
import { mailBody } from '../../src-main/notify/email-body.ts';
import { createLogFile } from '../../src-main/platform/logger.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alertOf, notificationOf } from '../support/notification-story.ts';
import { speakerIn } from '../support/speak.ts';
import { temporaryFolder } from '../support/temporary.ts';

const names: readonly (readonly [kind: string, name: string, seen: string])[] = [
  ['markup', '<img src=x onerror=alert(1)>', 'img src=x onerror=alert(1)'],
  ['the markup of Slack', '<!channel> <http://evil|ok> *bold*', '!channel'],
  ['another direction', 'report\u202Egnp.exe', 'report⟨U+202E⟩gnp.exe'],
  ['isolates', 'a\u2066b\u2069c', 'a⟨U+2066⟩b⟨U+2069⟩c'],
  ['nothing wide', 'pay\u200Bpal\uFEFF', 'pay⟨U+200B⟩pal'],
  ['several lines', 'a\r\nBcc: x@evil.example\r\n\r\nb', 'a Bcc: x@evil.example b'],
  ['escapes of a terminal', '\u001b[2Jcleared', '⟨U+001B⟩[2Jcleared'],
  ['NUL', 'a\u0000b', 'a⟨U+0000⟩b'],
  ['half a character', 'a\ud800b', 'a⟨U+D800⟩b'],
  ['ten thousand characters', `begin${'x'.repeat(10_000)}`, 'beginxxxx'],
  ['ten thousand wide characters', '💣'.repeat(10_000), '💣💣💣'],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/;

describe.each(names)('a name of %s', (_, name, seen) => {
  const notification = notificationOf('fired', [
    alertOf({ labels: { target: name }, culprits: [{ name, pid: 1, value: 99 }] }),
  ]);
  const context = { speaker: speakerIn('en'), machine: 'here', dashboard: undefined };

  it('is seen and cut in a notification', () => {
    const { title, lines } = composeShort(notification, context.speaker);
    expect(title).toContain(seen);
    expect(title.length).toBeLessThan(1_500);
    expect([title, ...lines].join('\n')).not.toMatch(raw);
  });

  it('is seen in a mail, as text in its page', () => {
    const { subject, text, html } = mailBody(notification, context as never) as {
      subject: string;
      text: string;
      html: string;
    };
    expect(subject).toContain(seen);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain(seen);
    expect(html).not.toMatch(/<img|<!channel|onerror=alert\(1\)>/);
    expect([subject, text, html].join('')).not.toMatch(raw);
  });

  it('is seen in Slack, and calls nobody there', () => {
    const body = slackBody(notification, context);
    // A heading is plain text there; everything else is read as markup.
    const markup: string[] = [];
    JSON.stringify(body, (_key, value: unknown) => {
      const { type, text } = (value ?? {}) as { readonly type?: string; readonly text?: unknown };
      if (type !== 'plain_text' && typeof text === 'string') markup.push(text);
      return value;
    });
    expect(markup.length).toBeGreaterThan(1);
    expect(markup.join('\n')).not.toMatch(/<!channel>|<http:\/\/evil\||<img/);
    expect(JSON.stringify(body)).toContain(JSON.stringify(seen).slice(1, -1));
    expect(markup.join('')).not.toMatch(raw);
  });

  it('is one line of the log, and comes back from it', () => {
    const folder = temporaryFolder();
    const log = createLogFile(folder, new FakeClock(), { echo: false });
    log.warn('A look failed', { name });
    const text = readFileSync(join(folder, 'monitor.log'), 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).not.toMatch(raw);
    expect(typeof (JSON.parse(text) as { name: string }).name).toBe('string');
  });
});

it('a name of ordinary people is as it was', () => {
  for (const name of ['Größe', '数据库', 'قاعدة البيانات', 'पायथन', 'e\u0301', '👩‍💻', 'a b'])
    expect(visibleText(name)).toBe(name);
});
