/** A body that the user wrote, with `{{name}}` in the places of what is to be told. Pure. */
import { alertAnnotations, alertLabels, isoTime } from '../alertmanager-alert.ts';
import type { Notification, SendContext } from '../channel.ts';
import { chatText, plainText } from './chat-text.ts';

const place = /\{\{\s*([a-zA-Z]+)\s*\}\}/g;
const templateNames = ['title', 'text', 'status', 'severity', 'machine', 'dashboard', 'id', 'time', 'alerts'] as const;

/** The first name that is not known; undefined where all are. */
export const unknownName = (template: string): string | undefined =>
  [...template.matchAll(place)]
    .map(([, name = '']) => name)
    .find((name) => !(templateNames as readonly string[]).includes(name));

/**
 * Whether the body is to be JSON: then what is put in is escaped for the inside of a string, and `{{alerts}}` is an
 * array.
 */
export const isJsonTemplate = (template: string): boolean =>
  /^\s*(\{(?!\{)|\[|\{\{\s*alerts\s*\}\}\s*$)/.test(template);

export function fillTemplate(template: string, notification: Notification, context: SendContext): string {
  const isJson = isJsonTemplate(template);
  const values = valuesOf(notification, context);
  return template.replace(place, (_, name: string) => {
    const value = values[name as (typeof templateNames)[number]] ?? '';
    if (typeof value !== 'string') return JSON.stringify(value);
    return isJson ? JSON.stringify(value).slice(1, -1) : value;
  });
}

function valuesOf(notification: Notification, context: SendContext) {
  const text = chatText(notification, context);
  const firing = notification.items.filter(({ kind }) => kind !== 'resolved');
  const severities = ['critical', 'warning', 'info'] as const;
  return {
    title: text.title,
    text: plainText(text) || text.title,
    status: firing.length > 0 ? 'firing' : 'resolved',
    severity: severities.find((one) => notification.items.some(({ alert }) => alert.severity === one)) ?? 'info',
    machine: context.machine,
    dashboard: context.dashboard ?? '',
    id: notification.id,
    time: isoTime(notification.at),
    alerts: notification.items.map((item) => ({
      status: item.kind === 'resolved' ? 'resolved' : 'firing',
      labels: alertLabels(item.alert, context.machine),
      annotations: alertAnnotations(item, context.speaker),
      at: isoTime(item.at),
    })),
  };
}
