/** The body that receivers of Alertmanager's webhooks (version 4) understand, signed where a key is set. */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { webAccessFields } from '../../contract/settings/web-access.ts';
import { webAccess } from '../../platform/web/web-access.ts';
import { alertAnnotations, alertLabels, fingerprint, isoTime } from '../alertmanager-alert.ts';
import type { Channel, Notification, SendContext } from '../channel.ts';
import { hostOf, judgeStatus, postJson } from '../post-json.ts';
import { fillTemplate, isJsonTemplate, unknownName } from '../texts/body-template.ts';

const optionsSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .meta({ label: { en: 'Address', de: 'Adresse' }, placeholder: 'https://example.org/hook' }),
  bodyTemplate: z
    .string()
    .max(4_000)
    .default('')
    .superRefine((text, context) => {
      const unknown = unknownName(text);
      if (unknown !== undefined) context.addIssue({ code: 'custom', message: `{{${unknown}}} is not known` });
    })
    .meta({
      label: { en: 'Body of your own', de: 'Eigener Inhalt' },
      help: {
        en: `With {{title}}, {{text}}, {{status}}, {{severity}}, {{machine}}, {{time}}, {{id}}, {{dashboard}} and, in JSON, {{alerts}} in its places.`,
        de: `Mit {{title}}, {{text}}, {{status}}, {{severity}}, {{machine}}, {{time}}, {{id}}, {{dashboard}} und, in JSON, {{alerts}} an ihren Stellen.`,
      },
      empty: { en: "as Alertmanager's webhooks have it", de: 'wie bei den Webhooks von Alertmanager' },
      multiline: true,
      advanced: true,
    }),
  ...webAccessFields,
  signingKey: z
    .string()
    .optional()
    .meta({
      label: { en: 'Signing key', de: 'Signaturschlüssel' },
      help: {
        en: 'Adds X-Hakgal-Signature: sha256= and the HMAC of "timestamp.body"; the timestamp is X-Hakgal-Timestamp.',
        de: 'Fügt X-Hakgal-Signature hinzu: sha256= und den HMAC von „Zeitstempel.Inhalt“; der Zeitstempel steht in X-Hakgal-Timestamp.',
      },
      secret: true,
    }),
});
type Options = z.infer<typeof optionsSchema>;

export const webhookChannel: Channel<Options> = {
  kind: 'webhook',
  title: { en: 'Webhook', de: 'Webhook' },
  help: {
    en: "An HTTP request with the body of Alertmanager's webhooks, version 4, or one of your own.",
    de: 'Eine HTTP-Anfrage mit dem Inhalt der Webhooks von Alertmanager, Version 4, oder einem eigenen.',
  },
  options: optionsSchema,
  async send(notification, { id, options }, context) {
    const { bodyTemplate } = options;
    const body =
      bodyTemplate === ''
        ? JSON.stringify(webhookBody(notification, id, context))
        : fillTemplate(bodyTemplate, notification, context);
    const timestamp = String(Math.floor(context.clock.now() / 1000));
    const { signingKey } = options;
    const { headers, trust } = await webAccess(options, async () => undefined);
    const sent = await postJson(
      options.url,
      body,
      {
        ...(bodyTemplate !== '' && !isJsonTemplate(bodyTemplate) && { 'content-type': 'text/plain; charset=utf-8' }),
        ...headers,
        // A receiver that keeps these ids counts each notification once.
        'idempotency-key': notification.id,
        ...(signingKey !== undefined && {
          'x-hakgal-timestamp': timestamp,
          'x-hakgal-signature': `sha256=${createHmac('sha256', signingKey).update(`${timestamp}.${body}`).digest('hex')}`,
        }),
      },
      context,
      trust,
    );
    return 'failure' in sent ? sent.failure : judgeStatus(sent.answer, hostOf(options.url));
  },
};

function webhookBody(notification: Notification, receiver: string, context: SendContext): unknown {
  const externalURL = context.dashboard ?? '';
  const alerts = notification.items.map((item) => {
    const { alert, kind, at } = item;
    const labels = alertLabels(alert, context.machine);
    return {
      status: kind === 'resolved' ? 'resolved' : 'firing',
      labels,
      annotations: alertAnnotations(item, context.speaker),
      startsAt: isoTime(alert.firedAt ?? alert.since),
      endsAt: kind === 'resolved' ? isoTime(alert.resolvedAt ?? at) : '0001-01-01T00:00:00Z',
      generatorURL: externalURL,
      fingerprint: fingerprint(labels),
    };
  });
  const inCommon = (of: 'labels' | 'annotations') =>
    Object.fromEntries(
      Object.entries(alerts[0]?.[of] ?? {}).filter(([name, value]) => alerts.every((one) => one[of][name] === value)),
    );
  // An alert by itself is a group of its own, found again by receivers that keep groups when it ends.
  const [only] = alerts.length === 1 ? alerts : [];
  return {
    version: '4',
    groupKey: only?.fingerprint ?? notification.id,
    truncatedAlerts: 0,
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver,
    groupLabels: only?.labels ?? {},
    commonLabels: inCommon('labels'),
    commonAnnotations: inCommon('annotations'),
    externalURL,
    alerts,
    // Beyond the standard, for receivers that tell repeats by themselves.
    notificationId: notification.id,
    transitions: notification.items.map(({ id, kind, at }) => ({ id, kind, at: isoTime(at) })),
    isTest: notification.isTest === true,
  };
}
