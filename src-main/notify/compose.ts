/** Notifications as words: from transitions to a title and lines. Pure; every channel draws its own form from these. */
import { type ActiveAlert, culpritName } from '../contract/alerts/alert.ts';
import { placesOf } from '../contract/alerts/alert-place.ts';
import type { ExplainedCause } from '../contract/explanation/explanation.ts';
import { fillInEvidence, plainFormats } from '../contract/explanation/sentence.ts';
import { areNumbersUseful, formatQuantity } from '../contract/text/format-quantity.ts';
import { languages } from '../contract/text/text.ts';
import { visibleText } from '../contract/text/visible-text.ts';
import { ruleTitle, severityWord } from '../messages/alert-words.ts';
import type { Speaker } from '../messages/catalogue.ts';
import type { Notification, NotificationItem } from './channel.ts';
import { notificationWords as words } from './notification-words.ts';

export interface ComposedItem {
  readonly item: NotificationItem;
  /** `Critical: CPU is at its limit`. */
  readonly title: string;
  /** `97 %, limit 95 %`, and how long it lasted; undefined where that says no more than the title. */
  readonly detail: string | undefined;
  /** `Cause: vite build (node 13111) uses 1.9 of 2 cores`; undefined where that is not known. */
  readonly cause: string | undefined;
  /** `Top processes: …`; undefined where nobody is known. */
  readonly culprits: string | undefined;
  readonly advice: string | undefined;
  readonly runbook: string | undefined;
  /** Labels, `target kb`. */
  readonly place: string | undefined;
}

export interface Composed {
  readonly title: string;
  readonly items: readonly ComposedItem[];
}

export function compose(notification: Notification, speaker: Speaker): Composed {
  if (notification.isTest === true) return { title: speaker.say(words['test-title']), items: [] };
  const items = notification.items.map((item) => composeItem(item, speaker));
  if (items.length === 1) return { title: (items[0] as ComposedItem).title, items };
  const resolved = notification.items.filter(({ kind }) => kind === 'resolved').length;
  return { title: severalAlerts(items.length - resolved, resolved, speaker), items };
}

/** For places with room for a few lines. */
export function composeShort(
  notification: Notification,
  speaker: Speaker,
): { readonly title: string; readonly lines: string[] } {
  const { title, items } = compose(notification, speaker);
  if (notification.isTest === true) return { title, lines: [speaker.say(words['test-body'])] };
  const [only] = items;
  if (items.length === 1 && only !== undefined)
    return {
      title,
      lines: [only.detail ?? only.advice, only.cause ?? only.culprits].filter((line) => line !== undefined),
    };
  const shown = items.slice(0, 4).map(inOneLine);
  return { title, lines: items.length > 4 ? [...shown, speaker.say(words.more, { count: items.length - 4 })] : shown };
}

/** `Critical: CPU is at its limit: 97 %, limit 95 %`, and who did it. */
export const inOneLine = ({ title, detail, cause, culprits }: ComposedItem): string => {
  const who = cause ?? culprits;
  return `${[title, detail].filter((part) => part !== undefined).join(': ')}${who === undefined ? '' : ` (${who})`}`;
};

function severalAlerts(firing: number, resolved: number, speaker: Speaker): string {
  return [
    ...(firing > 0 ? [speaker.say(words['several-firing'], { count: firing })] : []),
    ...(resolved > 0 ? [speaker.say(words['several-resolved'], { count: resolved })] : []),
  ].join(', ');
}

function composeItem(item: NotificationItem, speaker: Speaker): ComposedItem {
  const { alert, kind } = item;
  const title = visibleText(ruleTitle(alert, speaker));
  const advice = alert.hasOwnAdvice ? alert.advice : (speaker.name(`rule.${alert.rule}.advice`) ?? alert.advice);
  const place = placesOf(alert.labels)
    // A label comes from anywhere: one line, whatever is in it.
    .map((value) => visibleText(value))
    .join(', ');
  const name = `${title}${place === '' ? '' : ` (${place})`}`;
  const begin = speaker.say(kind === 'fired' ? severityWord(alert.severity) : words[kind]);
  const top = alert.culprits.map(
    (one) => `${visibleText(culpritName(one), 100)} ${formatQuantity(one.value, culpritUnit(alert), speaker.locale)}`,
  );
  return {
    item,
    title: `${begin}: ${name}`,
    detail: kind === 'resolved' ? resolvedDetail(alert, item.at, speaker) : valueDetail(alert, speaker),
    cause: alert.cause === undefined ? undefined : causeLine(alert.cause, speaker),
    culprits: top.length === 0 ? undefined : speaker.say(words.culprits, { list: top.join(', ') }),
    advice: kind === 'resolved' ? undefined : advice,
    runbook: alert.runbook,
    place: place === '' ? undefined : place,
  };
}

function causeLine({ statement }: ExplainedCause, speaker: Speaker): string {
  const language = languages.find((one) => one === speaker.language) ?? 'en';
  const said = fillInEvidence(statement, plainFormats(language, speaker.locale));
  return speaker.say(words.cause, { statement: visibleText(said, 300) });
}

function valueDetail(alert: ActiveAlert, speaker: Speaker): string | undefined {
  if (!areNumbersUseful(alert.unit, alert.threshold)) return undefined;
  const limit = formatQuantity(alert.threshold, alert.unit, speaker.locale);
  if (alert.value === null) return speaker.say(words['no-value'], { limit });
  const value = formatQuantity(alert.value, alert.unit, speaker.locale);
  return speaker.say(words[alert.direction === 'above' ? 'limit-above' : 'limit-below'], { value, limit });
}

function resolvedDetail(alert: ActiveAlert, at: number, speaker: Speaker): string {
  const span = (at - (alert.firedAt ?? alert.since)) / 1000;
  return [valueDetail(alert, speaker), speaker.say(words.lasted, { span })]
    .filter((part) => part !== undefined)
    .join('; ');
}

const culpritUnit = (alert: ActiveAlert): string =>
  alert.resource === 'cpu' ? 'percent' : alert.resource === 'memory' ? 'bytes' : 'bytes_per_second';
