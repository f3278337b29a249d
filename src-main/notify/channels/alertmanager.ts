/**
 * For those who run Prometheus' Alertmanager: it does its own grouping and routing, so it is told again while an alert
 * lasts.
 */
import { z } from 'zod';
import { webAccessFields } from '../../contract/settings/web-access.ts';
import { webAccess } from '../../platform/web/web-access.ts';
import { alertAnnotations, alertLabels, isoTime } from '../alertmanager-alert.ts';
import type { Channel } from '../channel.ts';
import { hostOf, judgeStatus, postJson } from '../post-json.ts';

const optionsSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .meta({ label: { en: 'Address', de: 'Adresse' }, placeholder: 'http://127.0.0.1:9093' }),
  ...webAccessFields,
});
type Options = z.infer<typeof optionsSchema>;

const resendMs = 60_000;
/**
 * When it hears nothing for this long, Alertmanager takes the alert for resolved: several times the distance of two
 * tellings.
 */
const validMs = 5 * resendMs;

export const alertmanagerChannel: Channel<Options> = {
  kind: 'alertmanager',
  title: { en: 'Alertmanager', de: 'Alertmanager' },
  help: {
    en: "Prometheus' Alertmanager, by its API version 2; told again every minute while an alert lasts.",
    de: 'Der Alertmanager von Prometheus, über Version 2 seiner API; erfährt jede Minute, dass ein Alarm noch besteht.',
  },
  options: optionsSchema,
  resendMs,
  async send(notification, { options }, context) {
    const alerts = notification.items.map((item) => {
      const { alert, kind, at } = item;
      const ends = kind === 'resolved' ? (alert.resolvedAt ?? at) : context.clock.now() + validMs;
      return {
        labels: alertLabels(alert, context.machine),
        annotations: alertAnnotations(item, context.speaker),
        startsAt: isoTime(alert.firedAt ?? alert.since),
        endsAt: isoTime(ends),
        ...(context.dashboard !== undefined && { generatorURL: context.dashboard }),
      };
    });
    const { headers, trust } = await webAccess(options, async () => undefined);
    const base = options.url.replace(/\/+$/, '').replace(/\/api\/v2(\/alerts)?$/, '');
    const sent = await postJson(`${base}/api/v2/alerts`, JSON.stringify(alerts), headers, context, trust);
    return 'failure' in sent ? sent.failure : judgeStatus(sent.answer, hostOf(options.url));
  },
};
