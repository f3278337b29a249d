/**
 * A notification as a title and paragraphs, for receivers that take one text; each escapes and limits it in its own
 * way.
 */
import type { Notification, SendContext } from '../channel.ts';
import { compose } from '../compose.ts';
import { notificationWords as words } from '../notification-words.ts';

export interface ChatText {
  /** With the machine's name. */
  readonly title: string;
  readonly paragraphs: readonly ChatParagraph[];
}

export interface ChatParagraph {
  /** Undefined where the title above says it. */
  readonly title: string | undefined;
  readonly lines: readonly string[];
  readonly runbook: string | undefined;
  readonly mood: 'info' | 'warning' | 'critical' | 'resolved';
}

export function chatText(
  notification: Notification,
  { speaker, machine }: Pick<SendContext, 'speaker' | 'machine'>,
): ChatText {
  const { title, items } = compose(notification, speaker);
  const whole = speaker.say(words['on-machine'], { title, machine });
  if (notification.isTest === true) {
    const lines = [speaker.say(words['test-body'])];
    return { title: whole, paragraphs: [{ title: undefined, lines, runbook: undefined, mood: 'info' }] };
  }
  return {
    title: whole,
    paragraphs: items.map((one) => ({
      title: items.length > 1 ? one.title : undefined,
      lines: [one.detail, one.culprits, one.advice].filter((line) => line !== undefined),
      runbook: one.runbook,
      mood: one.item.kind === 'resolved' ? 'resolved' : one.item.alert.severity,
    })),
  };
}

const symbols = { critical: '🔴', warning: '🟠', info: '🔵', resolved: '✅' } as const;

/** Without markup. */
export const plainText = ({ paragraphs }: ChatText): string =>
  paragraphs
    .map(({ title, lines, runbook, mood }) =>
      [
        ...(title === undefined ? [] : [`${symbols[mood]} ${title}`]),
        ...lines,
        ...(runbook === undefined ? [] : [runbook]),
      ].join('\n'),
    )
    .filter((text) => text !== '')
    .join('\n\n');

const order = ['resolved', 'info', 'warning', 'critical'] as const;

/** Of the gravest alert in it, from 0 for an end to 3. */
export const gravity = ({ paragraphs }: ChatText): number =>
  Math.max(...paragraphs.map(({ mood }) => order.indexOf(mood)));
