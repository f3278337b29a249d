/** One glance: is it well, what is loaded, what needs a look. */
import type { ReactNode } from 'react';
import { ActiveAlerts } from './active-alerts.tsx';
import { LoadCharts, TrafficCharts } from './activity-charts.tsx';
import { HealthCard } from './health-card.tsx';
import { KeyFigures } from './key-figures.tsx';
import { KnowledgeBase } from './knowledge-base.tsx';
import { MonitorCard } from './monitor-card.tsx';
import { TopProcesses } from './top-processes.tsx';
import { WatchedTargets } from './watched-targets.tsx';

export function Overview(): ReactNode {
  return (
    <div className="grid">
      <HealthCard />
      <ActiveAlerts />
      <KeyFigures />
      <LoadCharts />
      <TopProcesses />
      <TrafficCharts />
      <KnowledgeBase />
      <WatchedTargets />
      <MonitorCard />
    </div>
  );
}
