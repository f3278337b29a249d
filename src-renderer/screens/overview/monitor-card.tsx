import type { PortInUse } from '@contract/live.ts';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { en, type MessageKey } from '../../i18n/en.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { useLiveState } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

export function MonitorCard(): ReactNode {
  const { t } = useText();
  const services = useLiveState('services') ?? {};
  const ports = useLiveState('ports') ?? [];
  return (
    <Card title={t('services.title')} className="span-4 wide">
      <Stack gap={6}>
        {Object.entries(services).map(([name, service]) => (
          <Row
            key={name}
            name={textOf(t, `services.${name}`, name)}
            value={textOf(t, `services.${service}`, service)}
          />
        ))}
        {ports.map((port) => (
          <Port key={port.name} port={port} />
        ))}
        <Uptime />
      </Stack>
    </Card>
  );
}

/** States in which a part does what it should. */
const working = ['running', 'storing'];

/** The same in one line: of the parts only those that need a look. */
export function MonitorStrip(): ReactNode {
  const { t } = useText();
  const services = Object.entries(useLiveState('services') ?? {});
  const ports = useLiveState('ports') ?? [];
  const stopped = services.filter(([, state]) => !working.includes(state));
  return (
    <Card className="span-12">
      <div className="strip">
        {stopped.length === 0 && services.length > 0 && <StateBadge state="healthy" label={t('services.allWell')} />}
        {stopped.map(([name, state]) => (
          <StateBadge
            key={name}
            state="degraded"
            label={`${textOf(t, `services.${name}`, name)}: ${textOf(t, `services.${state}`, state)}`}
          />
        ))}
        {ports.map((port) => (
          <Port key={port.name} port={port} />
        ))}
        <Uptime />
      </div>
    </Card>
  );
}

/** Apart from the rest, which changes seldom. */
function Uptime(): ReactNode {
  const { t, format } = useText();
  const seconds = useLiveState('uptimeSeconds') ?? 0;
  return (
    <Text size="sm" className="quiet">
      {t('services.uptime', { duration: format.duration(seconds) })}
    </Text>
  );
}

function Port({ port }: { readonly port: PortInUse }): ReactNode {
  const { t } = useText();
  const { name, wanted, actual, holder, isFreeNow = false } = port;
  if (actual === null) return <Row name={t(`ports.${name}`)} value={t('ports.none')} />;
  const address = `http://127.0.0.1:${actual}${name === 'prometheus' ? '/metrics' : ''}`;
  return (
    <div>
      <Row
        name={t(`ports.${name}`)}
        value={
          <Anchor href={address} target="_blank" rel="noreferrer" size="sm" className="target">
            127.0.0.1:{actual}
          </Anchor>
        }
      />
      {wanted !== 0 && wanted !== actual && (
        <Text size="xs" c="var(--state-warning)">
          {isFreeNow
            ? t('ports.freeNow', { wanted })
            : holder === undefined
              ? t('ports.movedUnknown', { wanted })
              : t('ports.moved', { wanted, holder })}
        </Text>
      )}
    </div>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <Group justify="space-between" wrap="nowrap" gap={8}>
      <Text size="sm" className="quiet">
        {name}
      </Text>
      <Text size="sm" component="div">
        {value}
      </Text>
    </Group>
  );
}

/** Names that come from the core, where the catalogue knows them. */
const textOf = (t: Texts['t'], key: string, otherwise: string): string =>
  key in en ? t(key as MessageKey) : otherwise;
