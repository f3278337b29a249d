/** The answer to "why is it slow": one sentence, what it rests on a click away, and where to go. */
import type { ExplainedCause, ExplainedNow } from '@contract/explanation/explanation.ts';
import { sureEnough } from '@contract/explanation/sentence.ts';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../api/use-api.ts';
import { useText } from '../i18n/use-text.tsx';
import { useConnection, useLiveState } from '../live/use-live.tsx';
import { Card } from '../ui/card.tsx';
import { type BadgeState, StateBadge } from '../ui/state-badge.tsx';
import { causeEvidence, causePath, causeSentence, causeStatement, nowText } from './describe-cause.ts';
import { ProcessActions } from './process-actions.tsx';

const alsoShown = 2;

export function WhySlow(): ReactNode {
  const texts = useText();
  const { t } = texts;
  const now = useLiveState('explanation');
  const pausedUntil = useLiveState('pausedUntil') ?? null;
  const connection = useConnection();
  if (now === undefined) return null;
  const [first, ...others] = now.causes;
  const ended = now.ended[0];
  const isOld = connection !== 'live' || pausedUntil !== null;
  return (
    <Card className={`span-8 why-slow ${isOld ? 'old' : ''}`}>
      <Group justify="space-between" align="start" gap={12} wrap="wrap">
        <section aria-label={t('explain.title')} className="why-slow-text">
          <div className="verdict">
            <StateBadge state={stateOfNow(now)} label={nowText(now, texts)} size={22} />
          </div>
          {isOld && <AsOf />}
          {others.slice(0, alsoShown).map((cause) => (
            <Text key={`${cause.kind} ${cause.name}`} size="sm" mt={4}>
              {t('explain.also')}: {causeStatement(cause, texts)}
            </Text>
          ))}
          {first === undefined && ended !== undefined && (
            <Text size="sm" className="quiet" mt={4}>
              {t('explain.ended')}: {causeSentence(ended, texts)}
            </Text>
          )}
          {first !== undefined && <EvidenceList cause={first} />}
        </section>
        {first !== undefined && (
          <Group gap={8} align="start">
            {first.pid !== null && !isOld && <ActionsOn key={first.pid} pid={first.pid} />}
            <Button component="a" href={`#${causePath(first)}`} size="xs" variant="light">
              {t('explain.show')}
            </Button>
          </Group>
        )}
      </Group>
    </Card>
  );
}

/** Where it is left alone, its page says why. */
function ActionsOn({ pid }: { readonly pid: number }): ReactNode {
  const api = useApi();
  const { data } = useQuery({ ...api.processes.details.queryOptions({ input: { pid } }), retry: false });
  return data === undefined || data.refusal !== null ? null : <ProcessActions details={data} />;
}

function stateOfNow({ state, causes }: ExplainedNow): BadgeState {
  if (state === 'calm') return 'healthy';
  return state === 'unknown' || (causes[0]?.confidence ?? 0) < sureEnough ? 'unknown' : 'warning';
}

/** Drawn apart: the time of the newest state is another one each second. */
function AsOf(): ReactNode {
  const { t, format } = useText();
  const at = useLiveState('at');
  return (
    <Text size="sm" mt={2}>
      {at === undefined ? '' : t('explain.asOf', { time: format.moment(at) })}
    </Text>
  );
}

/** What a cause rests on. */
export function EvidenceList({ cause }: { readonly cause: ExplainedCause }): ReactNode {
  const texts = useText();
  return (
    <details className="evidence">
      <summary className="link-like">{texts.t('explain.evidence')}</summary>
      <ul>
        {causeEvidence(cause, texts).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
