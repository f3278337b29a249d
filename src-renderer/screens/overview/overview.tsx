/** One glance: is it well, what needs a look and what to do about it, what is loaded and by what. */
import type { ReactNode } from 'react';
import { WhySlow } from '../../explain/why-slow.tsx';
import { ActiveAlerts } from './active-alerts.tsx';
import { HealthCard } from './health-card.tsx';
import { KnowledgeBase } from './knowledge-base.tsx';
import { MonitorStrip } from './monitor-card.tsx';
import { Resources } from './resources.tsx';
import { TopProcesses } from './top-processes.tsx';
import { WatchedTargets } from './watched-targets.tsx';

export function Overview(): ReactNode {
  return (
    <div className="grid">
      <HealthCard />
      <WhySlow />
      <ActiveAlerts />
      <TopProcesses />
      <Resources />
      <div className="span-12 column">
        <KnowledgeBase />
        <WatchedTargets />
      </div>
      <MonitorStrip />
    </div>
  );
}
