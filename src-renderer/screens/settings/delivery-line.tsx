import type { LastDelivery } from '@contract/channels.ts';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { stateColors } from '../../styles/tokens.ts';

/** How the last attempt ended: when, and where it failed also why and what helps. */
export function DeliveryLine({
  last,
  after = '',
}: {
  readonly last: LastDelivery;
  readonly after?: string;
}): ReactNode {
  const { t, say, format } = useText();
  const { at, ok, reason, code, message, values } = last;
  const time = format.dateTime(at);
  if (ok || reason === 'delivered')
    return (
      <Text size="xs" className="quiet">
        {t('channels.lastOk', { time })}
        {after}
      </Text>
    );
  const why = say(code, message, values);
  return (
    <Text size="xs" c={stateColors.critical}>
      {t('channels.lastFailed', { time, reason: why })}
      {after}
    </Text>
  );
}
