import type { HealthReason } from '@contract/live.ts';
import { Group, RingProgress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { sourceReason } from '../../live/source-reason.ts';
import { useLiveState } from '../../live/use-live.tsx';
import { stateColors } from '../../styles/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

const reasonsShown = 3;

export function HealthCard(): ReactNode {
  const texts = useText();
  const { t, say } = texts;
  const health = useLiveState('health');
  const sources = useLiveState('sources');
  const wordsOf = ({ kind, message, about, detail = '' }: HealthReason): string => {
    const source = sources?.find(({ id }) => id === about);
    if (source !== undefined) return `${say(`source.${source.id}`, source.title)}: ${sourceReason(source, texts)}`;
    return say(`health.${kind}`, message, { detail });
  };
  // Alerts stand beside it, each with its reason.
  const reasons = (health?.reasons ?? []).filter(({ kind }) => kind !== 'alert');
  const score = health?.score === null || health === undefined ? undefined : Math.round(health.score * 100);
  const status = health?.status ?? 'healthy';
  return (
    <Card className="span-4 wide">
      <Group gap={18} wrap="nowrap" mih={80} h="100%">
        <RingProgress
          size={80}
          thickness={8}
          role="img"
          roundCaps
          aria-label={t('health.score', { score: score ?? '–' })}
          sections={score === undefined ? [] : [{ value: score, color: stateColors[status] }]}
          label={
            <Text ta="center" fw={700} fz="1.375rem" lh={1} aria-hidden="true">
              {score ?? '–'}
            </Text>
          }
        />
        <Stack gap={4} miw={0} className="verdict">
          {score !== undefined && <StateBadge state={status} label={t(`health.${status}`)} size={22} />}
          {reasons.slice(0, reasonsShown).map((reason) => (
            <Text key={reason.message} size="sm">
              {wordsOf(reason)}
            </Text>
          ))}
          {health?.reasons.length === 0 && (
            <Text size="sm" className="quiet">
              {t('health.noReasons')}
            </Text>
          )}
        </Stack>
      </Group>
    </Card>
  );
}
