/** The screens, in the order of the navigation: one folder each, one line here. */
import {
  IconBell,
  IconChartLine,
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
const Databases = lazy(() => import('./databases/databases.tsx').then((module) => ({ default: module.Databases })));
const Processes = lazy(() => import('./processes/processes.tsx').then((module) => ({ default: module.Processes })));
const Services = lazy(() => import('./services/services.tsx').then((module) => ({ default: module.Services })));
const Settings = lazy(() => import('./settings/settings.tsx').then((module) => ({ default: module.Settings })));
const Trends = lazy(() => import('./trends/trends.tsx').then((module) => ({ default: module.Trends })));

const IncidentPage = lazy(() =>
  import('./incidents/incident-page.tsx').then((module) => ({ default: module.IncidentPage })),
);

export interface Screen {
  /** Where the navigation leads. */
  readonly path: string;
  /** What else it answers, as a pattern of wouter; `path` where absent. */
  readonly pattern?: string;
  readonly title: MessageKey;
  readonly icon: typeof IconLayoutDashboard;
  readonly component: ComponentType;
}

export const screens: readonly Screen[] = [
  { path: '/', title: 'screen.overview', icon: IconLayoutDashboard, component: Overview },
  {
    path: '/trends',
    pattern: '/trends/:range?/:metrics?',
    title: 'screen.trends',
    icon: IconChartLine,
    component: Trends,
  },
  { path: '/alerts', pattern: '/alerts/:tab?', title: 'screen.alerts', icon: IconBell, component: Alerts },
  {
    path: '/databases',
    pattern: '/databases/:id?',
    title: 'screen.databases',
    icon: IconDatabase,
    component: Databases,
  },
  { path: '/services', title: 'screen.services', icon: IconPlugConnected, component: Services },
  { path: '/processes', pattern: '/processes/:pid?', title: 'screen.processes', icon: IconCpu, component: Processes },
  { path: '/settings', pattern: '/settings/:area?', title: 'screen.settings', icon: IconSettings, component: Settings },
  { path: '/about', title: 'screen.about', icon: IconInfoCircle, component: About },
];

/** Pages that no entry of the navigation leads to. */
export const pages: readonly Pick<Screen, 'path' | 'component'>[] = [
  { path: '/incidents/:id', component: IncidentPage },
];
