/** "Send a test": a made-up alert through the real channel, and what came of it in words. */
import type { ChannelTestAnswer } from '../contract/channels.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';
import { whatWasSaid } from './last-delivery.ts';
import { type SendDeps, sendNotification } from './send-notification.ts';

export async function sendTest(
  settings: ChannelSettings,
  secrets: Readonly<Record<string, string | null>>,
  deps: SendDeps,
): Promise<ChannelTestAnswer> {
  const at = deps.clock.now();
  const began = deps.clock.monotonic();
  const id = `test/${settings.id}/${at}`;
  const delivery = await sendNotification(
    {
      id,
      at,
      isTest: true,
      items: [
        {
          id,
          kind: 'fired',
          at,
          alert: {
            id,
            rule: 'test',
            title: 'Test',
            severity: 'info',
            state: 'firing',
            summary: 'Test: all is well.',
            labels: {},
            series: 'test',
            unit: 'count',
            value: 1,
            threshold: 0,
            direction: 'above',
            since: at,
            firedAt: at,
            culprits: [],
          },
        },
      ],
    },
    settings,
    deps,
    secrets,
  );
  const ms = Math.round(deps.clock.monotonic() - began);
  if (delivery.kind === 'delivered')
    return {
      ok: true,
      outcome: 'delivered',
      kind: 'delivered',
      ...whatWasSaid(delivery),
      next: 'Check that it has arrived.',
      ms,
    };
  const next =
    delivery.kind === 'retry'
      ? 'Try again in a moment; if it stays so, check the settings.'
      : 'Correct the settings and test again.';
  const { kind: outcome, reason: kind } = delivery;
  return { ok: false, outcome, kind, ...whatWasSaid(delivery), next, ms };
}
