/**
 * One incident with an address of its own: what, since when, why, the values then, what was done, who was notified, how
 * it ended.
 */
import type { ActiveAlert } from '@contract/alerts/alert.ts';
import type { Incident, IncidentAlert } from '@contract/alerts/incidents.ts';
import { Anchor, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import { alertDetail, alertTitle, culpritText } from '../../alert/describe-alert.ts';
import { useRuleTitles } from '../../alert/use-rule-titles.ts';
import { useApi } from '../../api/use-api.ts';
import { useMetrics } from '../../api/use-metrics.ts';
import { causeSentence } from '../../explain/describe-cause.ts';
import { EvidenceList } from '../../explain/why-slow.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { useTargetTitles } from '../../targets/use-targets.ts';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Answer } from '../../ui/states.tsx';
import { textOf } from '../trends/time-range.ts';
import { TrendCard } from '../trends/trend-card.tsx';
import { chartedMetrics, type IncidentEvent, isWithheld, timelineOf } from './timeline.ts';

const refreshMs = 10_000;
/** What a chart shows before and after. */
const aroundMs = 10 * 60_000;

export function IncidentPage(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const { id = '' } = useParams<{ id?: string }>();
  const incident = useQuery({
    ...api.incidents.get.queryOptions({ input: { id } }),
    refetchInterval: refreshMs,
    retry: false,
  });
  return (
    <>
      <Anchor href="#/alerts/history" size="sm" className="back-link">
        <IconChevronLeft size={14} /> {t('alerts.tab.history')}
      </Anchor>
      <Answer query={incident} rows={8}>
        {(found) => <Shown incident={found} />}
      </Answer>
    </>
  );
}

function Shown({ incident }: { readonly incident: Incident }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const titles = useTargetTitles();
  const { root, followers, since, endedAt, severity, cause } = incident;
  const when =
    endedAt === null
      ? t('incident.open', { since: format.moment(since) })
      : t('incident.over', {
          since: format.moment(since),
          until: format.moment(endedAt),
          duration: format.duration((endedAt - since) / 1000),
        });
  return (
    <>
      <ScreenHeader title={t('incident.title')} />
      <div className="grid">
        <Card className="span-12">
          <div className="verdict">
            <StateBadge state={severity} label={alertTitle(root.alert, texts, titles)} size={22} />
          </div>
          <Text size="sm" mt={4}>
            {when}
          </Text>
          <Text size="sm" mt={4}>
            {cause === null ? t('incident.noCause') : t('incident.cause', { sentence: causeSentence(cause, texts) })}
          </Text>
          {cause !== null && <EvidenceList cause={cause} />}
        </Card>
        <Card className="span-6 wide" title={t('incident.timeline')}>
          <Timeline incident={incident} />
        </Card>
        <Card className="span-6 wide" title={t('incident.values')}>
          {[root, ...followers].map((one) => (
            <ValuesThen key={one.alert.id} one={one} />
          ))}
        </Card>
        <Charts incident={incident} />
      </div>
    </>
  );
}

function Timeline({ incident }: { readonly incident: Incident }): ReactNode {
  const { t, format } = useText();
  const events = useMemo(() => timelineOf(incident), [incident]);
  return (
    <ol className="timeline">
      {events.map((event) => (
        <li key={event.key}>
          <time className="quiet" dateTime={new Date(event.at).toISOString()}>
            {format.moment(event.at)}
          </time>
          <EventText event={event} />
        </li>
      ))}
      {incident.endedAt === null && (
        <li>
          <span className="quiet">{t('chart.now')}</span>
          <span>{t('incident.goesOn')}</span>
        </li>
      )}
    </ol>
  );
}

function EventText({ event }: { readonly event: IncidentEvent }): ReactNode {
  const texts = useText();
  const { t, say } = texts;
  const titles = useTargetTitles();
  const ruleTitle = useRuleTitles();
  const titleOf = (alert: ActiveAlert): string => alertTitle(alert, texts, titles);
  switch (event.kind) {
    case 'began':
      return <span>{t('incident.began', { title: titleOf(event.alert) })}</span>;
    case 'transition':
      return <span>{t(`incident.${event.transition}`, { title: titleOf(event.alert), by: event.by ?? '' })}</span>;
    case 'change':
      return (
        <span>
          {t(`annotation.${event.change.kind}`, {
            subject: event.change.kind.startsWith('rule') ? ruleTitle(event.change.subject) : event.change.subject,
          })}
        </span>
      );
    case 'delivery':
      return (
        <span>
          {t(event.isDelivered ? 'incident.notified' : 'incident.notNotified', {
            channel: event.channel,
            reason: isWithheld(event.reason)
              ? t(`incident.withheld.${event.reason}`)
              : say(`delivery.${event.channel}.${event.reason}`, event.message),
          })}
        </span>
      );
  }
}

function ValuesThen({ one: { alert, since, firedAt } }: { readonly one: IncidentAlert }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const detail = alertDetail(alert, texts, useMetrics());
  return (
    <div className="incident-alert">
      <StateBadge state={alert.severity} label={alertTitle(alert, texts, useTargetTitles())} />
      <Text size="sm">
        {[
          detail,
          t('alerts.since', { time: format.moment(since) }),
          t('incident.firedAt', { time: format.moment(firedAt) }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </Text>
      {alert.culprits.length > 0 && (
        <Text size="sm" className="quiet">
          {t('alert.culprits', { list: culpritText(alert, texts) })}
        </Text>
      )}
    </div>
  );
}

function Charts({ incident }: { readonly incident: Incident }): ReactNode {
  const texts = useText();
  const [, go] = useLocation();
  const metrics = useMetrics();
  const { since, endedAt } = incident;
  // Whole minutes: the same question for a while.
  const end = endedAt ?? Math.ceil(Date.now() / 60_000) * 60_000;
  const from = since - aroundMs;
  const until = end + (endedAt === null ? 0 : aroundMs);
  const annotations = useMemo(
    () =>
      incident.changes.map((change) => ({
        at: change.at,
        label: texts.t(`annotation.${change.kind}`, { subject: change.subject }),
        state: 'change' as const,
      })),
    [incident.changes, texts],
  );
  return chartedMetrics(incident).map((name) => (
    <TrendCard
      key={name}
      name={name}
      metric={metrics.get(name)}
      from={from}
      until={until}
      isCompared={false}
      annotations={annotations}
      onZoom={(start, stop) => go(`/trends/${textOf({ from: start, until: stop })}/${name}`)}
    />
  ));
}
