/** A notification as a mail: plain text and HTML that says the same, for mail programs of any age. Pure. */
import { severityWord } from '../messages/alert-words.ts';
import type { Notification, SendContext } from './channel.ts';
import { type ComposedItem, compose } from './compose.ts';
import { notificationWords as words } from './notification-words.ts';

export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type MailContext = Pick<SendContext, 'speaker' | 'machine' | 'dashboard'>;

export function mailBody(notification: Notification, context: MailContext): MailBody {
  const { speaker, machine } = context;
  const { title, items } = compose(notification, speaker);
  const begun = ({ item }: ComposedItem): string => speaker.say(words.since, { at: item.alert.since });
  const foot = speaker.say(words['on-machine'], { title: speaker.say(words.footer), machine });
  const lead = notification.isTest === true ? [speaker.say(words['test-body'])] : [];
  const [runbook, openDashboard] = [speaker.say(words.runbook), speaker.say(words['open-dashboard'])];
  const paragraphs = items.map((one) => ({
    one,
    lines: [
      one.detail === undefined ? begun(one) : `${one.detail} (${begun(one)})`,
      ...(one.cause === undefined ? [] : [one.cause]),
      ...(one.culprits === undefined ? [] : [one.culprits]),
      ...(one.advice === undefined ? [] : [speaker.say(words.advice, { advice: one.advice })]),
    ],
  }));
  const plain = [
    ...lead,
    ...paragraphs.map(({ one, lines }) =>
      [one.title, ...lines, ...(one.runbook === undefined ? [] : [`${runbook}: ${one.runbook}`])].join('\n'),
    ),
    ...(context.dashboard === undefined ? [] : [`${openDashboard}: ${context.dashboard}`]),
    `-- \n${foot}`,
  ].join('\n\n');
  const html = [
    `<!doctype html><html lang="${speaker.language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    '<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff">',
    ...lead.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...paragraphs.map(({ one, lines }) => itemHtml(one, lines, runbook)),
    ...(context.dashboard === undefined
      ? []
      : [`<p><a href="${escapeHtml(context.dashboard)}">${escapeHtml(openDashboard)}</a></p>`]),
    `<p style="color:#666;font-size:13px">${escapeHtml(foot)}</p></body></html>`,
  ].join('\n');
  return { subject: subjectOf(title, items, context), text: plain, html };
}

/**
 * The end of an alert answers its beginning: the same subject with Re:, which mail programs put into one thread. What
 * it says comes first in the mail itself.
 */
function subjectOf(title: string, items: readonly ComposedItem[], { machine, speaker }: MailContext): string {
  const [only] = items;
  const on = (what: string): string => speaker.say(words['on-machine'], { title: what, machine });
  if (items.length !== 1 || only === undefined || only.item.kind === 'fired') return oneLine(on(title));
  const severity = speaker.say(severityWord(only.item.alert.severity));
  return oneLine(`Re: ${on(`${severity}: ${only.title.slice(only.title.indexOf(': ') + 2)}`)}`);
}

const colours = { info: '#1c6dd0', warning: '#b35c00', critical: '#c2255c', resolved: '#1f7a3d' } as const;

function itemHtml(one: ComposedItem, lines: readonly string[], runbook: string): string {
  const colour = colours[one.item.kind === 'resolved' ? 'resolved' : one.item.alert.severity];
  return [
    `<div style="border-left:4px solid ${colour};padding:4px 0 4px 14px;margin:0 0 20px">`,
    `<p style="margin:0;font-weight:600;color:${colour}">${escapeHtml(one.title)}</p>`,
    ...lines.map((line) => `<p style="margin:4px 0 0">${escapeHtml(line)}</p>`),
    ...(one.runbook === undefined
      ? []
      : [`<p style="margin:4px 0 0"><a href="${escapeHtml(one.runbook)}">${escapeHtml(runbook)}</a></p>`]),
    '</div>',
  ].join('');
}

/** A label's value must not become a header of its own. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').slice(0, 200);

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
