/** Notices as words: from transitions to a title and lines. Pure; every channel draws its own form from these. */
import { type ActiveAlert, culpritName } from '../contract/alert.ts';
import { placesOf } from '../contract/alert-place.ts';
import { areNumbersTelling, formatDuration, formatQuantity } from '../contract/format-quantity.ts';
import type { Language, Notice, NoticeItem } from './channel.ts';
import { noticeTexts } from './text/index.ts';
import type { NoticeText } from './text/text.ts';

export interface ComposedItem {
  readonly item: NoticeItem;
  /** `Critical: CPU is at its limit`. */
  readonly title: string;
  /** `97 %, limit 95 %`, and how long it lasted; undefined where that says no more than the title. */
  readonly detail: string | undefined;
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

export function compose(notice: Notice, language: Language): Composed {
  const text = noticeTexts[language];
  if (notice.isTest === true) return { title: text.test.title, items: [] };
  const items = notice.items.map((item) => composeItem(item, text));
  if (items.length === 1) return { title: (items[0] as ComposedItem).title, items };
  const resolved = notice.items.filter(({ kind }) => kind === 'resolved').length;
  return { title: text.severalAlerts(items.length - resolved, resolved), items };
}

/** For places with room for a few lines. */
export function composeShort(notice: Notice, language: Language): { readonly title: string; readonly lines: string[] } {
  const text = noticeTexts[language];
  if (notice.isTest === true) return { title: text.test.title, lines: [text.test.body] };
  const { title, items } = compose(notice, language);
  const [only] = items;
  if (items.length === 1 && only !== undefined)
    return { title, lines: [only.detail ?? only.advice, only.culprits].filter((line) => line !== undefined) };
  const shown = items.slice(0, 4).map(inOneLine);
  return { title, lines: items.length > 4 ? [...shown, text.more(items.length - 4)] : shown };
}

/** `Critical: CPU is at its limit: 97 %, limit 95 %`, and who did it. */
export const inOneLine = ({ title, detail, culprits }: ComposedItem): string =>
  `${[title, detail].filter((part) => part !== undefined).join(': ')}${culprits === undefined ? '' : ` (${culprits})`}`;

function composeItem(item: NoticeItem, text: NoticeText): ComposedItem {
  const { alert, kind } = item;
  const words = text.rules[alert.rule];
  const ruleTitle = alert.hasOwnTitle ? alert.title : (words?.title ?? alert.title);
  const advice = alert.hasOwnAdvice ? alert.advice : (words?.advice ?? alert.advice);
  const place = placesOf(alert.labels)
    // A label comes from anywhere: one line, whatever is in it.
    .map((value) => value.replace(/\s+/g, ' ').slice(0, 200))
    .join(', ');
  const name = `${ruleTitle}${place === '' ? '' : ` (${place})`}`;
  const begin = kind === 'fired' ? text.severity[alert.severity] : text.state[kind];
  const top = alert.culprits.map(
    (one) => `${culpritName(one)} ${formatQuantity(one.value, culpritUnit(alert), text.locale)}`,
  );
  return {
    item,
    title: `${begin}: ${name}`,
    detail: kind === 'resolved' ? resolvedDetail(alert, item.at, text) : valueDetail(alert, text),
    culprits: top.length === 0 ? undefined : text.culprits(top.join(', ')),
    advice: kind === 'resolved' ? undefined : advice,
    runbook: alert.runbook,
    place: place === '' ? undefined : place,
  };
}

function valueDetail(alert: ActiveAlert, text: NoticeText): string | undefined {
  if (!areNumbersTelling(alert.unit, alert.threshold)) return undefined;
  const limit = formatQuantity(alert.threshold, alert.unit, text.locale);
  if (alert.value === null) return text.noValue(limit);
  const value = formatQuantity(alert.value, alert.unit, text.locale);
  return alert.direction === 'above' ? text.limitAbove(value, limit) : text.limitBelow(value, limit);
}

const resolvedDetail = (alert: ActiveAlert, at: number, text: NoticeText): string =>
  [valueDetail(alert, text), text.lasted(formatDuration(at - (alert.firedAt ?? alert.since)))]
    .filter((part) => part !== undefined)
    .join('; ');

const culpritUnit = (alert: ActiveAlert): string =>
  alert.resource === 'cpu' ? 'percent' : alert.resource === 'memory' ? 'bytes' : 'bytes_per_second';
