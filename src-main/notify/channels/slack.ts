/** Slack by an incoming webhook: blocks within Slack's limits, and its own words for what went wrong. */
import { z } from 'zod';
import type { DeliveryReason } from '../../contract/wordings.ts';
import type { Channel, Delivery, Notice, SendContext } from '../channel.ts';
import { type Composed, type ComposedItem, compose, inOneLine } from '../compose.ts';
import { judgeStatus, postJson } from '../post-json.ts';
import { noticeTexts } from '../text/index.ts';

/** Slack's limits: 50 blocks, 150 characters in a header, 3,000 in a section. */
const maxAlerts = 15;
const maxHeader = 150;
const maxSection = 3_000;

export const slackChannel: Channel<Record<string, never>> = {
  kind: 'slack',
  title: 'Slack',
  help: 'A message through an incoming webhook of your workspace.',
  fields: [
    {
      name: 'url',
      title: 'Webhook address',
      type: 'secret',
      isRequired: true,
      placeholder: 'https://hooks.slack.com/services/…',
      help: 'Whoever has this address can post: it is kept like a password.',
    },
  ],
  options: z.object({}),
  async send(notice, { secrets }, context) {
    const sent = await postJson(secrets.url as string, JSON.stringify(slackBody(notice, context)), {}, context);
    if ('failure' in sent) return sent.failure;
    return explainSlack(sent.answer.text.trim()) ?? judgeStatus(sent.answer, 'Slack');
  },
};

/** What Slack answers, and under which reason it is told. */
const slackErrors: Readonly<Record<string, readonly [DeliveryReason, string]>> = {
  no_service: [
    'no-service',
    'This webhook has been removed or switched off in Slack. Make a new one and enter its address.',
  ],
  no_team: ['no-team', 'The workspace of this webhook does not exist any more.'],
  team_disabled: ['team-disabled', 'The workspace of this webhook has been switched off.'],
  channel_not_found: ['channel-not-found', 'The channel of this webhook does not exist any more.'],
  channel_is_archived: ['channel-is-archived', 'The channel of this webhook has been archived.'],
  action_prohibited: ['action-prohibited', "The workspace's settings forbid this webhook to post."],
  posting_to_general_channel_denied: [
    'posting-to-general-channel-denied',
    'The workspace allows only some people to post in its general channel.',
  ],
  invalid_token: ['invalid-token', 'The address of the webhook is not complete. Copy it from Slack again.'],
};

function explainSlack(text: string): Delivery | undefined {
  const known = slackErrors[text];
  return known === undefined ? undefined : { kind: 'refused', reason: known[0], message: known[1] };
}

const symbol = ({ item }: ComposedItem): string =>
  item.kind === 'resolved'
    ? ':white_check_mark:'
    : item.alert.severity === 'critical'
      ? ':red_circle:'
      : item.alert.severity === 'warning'
        ? ':large_orange_circle:'
        : ':large_blue_circle:';

export function slackBody(notice: Notice, context: Pick<SendContext, 'language' | 'machine' | 'dashboard'>): unknown {
  const text = noticeTexts[context.language];
  const composed = compose(notice, context.language);
  const title = `${composed.title} ${text.on} ${context.machine}`;
  if (notice.isTest === true)
    return { text: escapeText(title), blocks: [header(title), section(escapeText(text.test.body))] };
  const shown = composed.items.slice(0, maxAlerts);
  const rest = composed.items.length - shown.length;
  const blocks = [
    header(title),
    ...shown.map((one) => section(itemText(one, composed))),
    ...(rest > 0 ? [section(text.more(rest))] : []),
    ...(context.dashboard === undefined ? [] : [small(`<${context.dashboard}|${escapeText(text.openDashboard)}>`)]),
  ];
  const lines = shown.map(inOneLine).join('\n');
  return { text: cut(escapeText(`${title}\n${lines}`), maxSection), blocks };
}

function itemText(one: ComposedItem, { items }: Composed): string {
  // A single alert's title is the header above.
  const title = items.length > 1 ? `*${escapeText(one.title)}*` : undefined;
  const said = [one.detail, one.culprits, one.advice].map((line) =>
    line === undefined ? undefined : escapeText(line),
  );
  const lines = [title, ...said, one.runbook === undefined ? undefined : `<${one.runbook}>`];
  return cut(`${symbol(one)} ${lines.filter((line) => line !== undefined).join('\n')}`, maxSection);
}

/** Slack's three special characters. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text: cut(text, maxHeader) } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const small = (text: string) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
