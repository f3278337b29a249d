/** What each screen of `contract/screens.ts` is drawn by: one folder each, one line here. */
import { pathOfScreen, type ScreenId, screenIds } from '@contract/screens.ts';
import {
  IconBell,
  IconBulb,
  IconChartLine,
  IconCoins,
  IconCpu,
  IconDatabase,
  IconInfoCircle,
  IconLayoutDashboard,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import type { MessageKey } from '../i18n/en.ts';
import { Overview } from './overview/overview.tsx';

/** Only the first screen comes with the page; the others load when they are opened. */
const About = lazy(() => import('./about/about.tsx').then((module) => ({ default: module.About })));
const Alerts = lazy(() => import('./alerts/alerts.tsx').then((module) => ({ default: module.Alerts })));
const Cost = lazy(() => import('./cost/cost.tsx').then((module) => ({ default: module.Cost })));
const Databases = lazy(() => import('./databases/databases.tsx').then((module) => ({ default: module.Databases })));
const Insights = lazy(() => import('./insights/insights.tsx').then((module) => ({ default: module.Insights })));
const Processes = lazy(() => import('./processes/processes.tsx').then((module) => ({ default: module.Processes })));
const Services = lazy(() => import('./services/services.tsx').then((module) => ({ default: module.Services })));
const Settings = lazy(() => import('./settings/settings.tsx').then((module) => ({ default: module.Settings })));
const Trends = lazy(() => import('./trends/trends.tsx').then((module) => ({ default: module.Trends })));

const IncidentPage = lazy(() =>
  import('./incidents/incident-page.tsx').then((module) => ({ default: module.IncidentPage })),
);

interface Drawn {
  /** What else it answers, as a pattern of wouter; its path where absent. */
  readonly pattern?: string;
  readonly icon: typeof IconLayoutDashboard;
  readonly component: ComponentType;
}

const drawn: Readonly<Record<ScreenId, Drawn>> = {
  overview: { icon: IconLayoutDashboard, component: Overview },
  trends: { pattern: '/trends/:range?/:metrics?', icon: IconChartLine, component: Trends },
  insights: { icon: IconBulb, component: Insights },
  alerts: { pattern: '/alerts/:tab?', icon: IconBell, component: Alerts },
  databases: { pattern: '/databases/:id?', icon: IconDatabase, component: Databases },
  services: { icon: IconPlugConnected, component: Services },
  cost: { icon: IconCoins, component: Cost },
  processes: { pattern: '/processes/:pid?', icon: IconCpu, component: Processes },
  settings: { pattern: '/settings/:area?', icon: IconSettings, component: Settings },
  about: { icon: IconInfoCircle, component: About },
};

export interface Screen extends Drawn {
  /** Where the navigation leads. */
  readonly path: string;
  readonly title: MessageKey;
}

export const screens: readonly Screen[] = screenIds.map((id) => ({
  ...drawn[id],
  path: pathOfScreen(id),
  title: `screen.${id}`,
}));

/** Pages that no entry of the navigation leads to. */
export const pages: readonly Pick<Screen, 'path' | 'component'>[] = [
  { path: '/incidents/:id', component: IncidentPage },
];
