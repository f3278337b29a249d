/** The screens, in the order of the navigation: one folder each, one line here. */
import { IconBell, IconCpu, IconDatabase, IconLayoutDashboard, IconPlugConnected } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/en.ts';
import { Alerts } from './alerts/alerts.tsx';
import { Databases } from './databases/databases.tsx';
import { Overview } from './overview/overview.tsx';
import { Processes } from './processes/processes.tsx';
import { Services } from './services/services.tsx';

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
  { path: '/alerts', pattern: '/alerts/:tab?', title: 'screen.alerts', icon: IconBell, component: Alerts },
  {
    path: '/databases',
    pattern: '/databases/:id?',
    title: 'screen.databases',
    icon: IconDatabase,
    component: Databases,
  },
  { path: '/services', title: 'screen.services', icon: IconPlugConnected, component: Services },
  { path: '/processes', title: 'screen.processes', icon: IconCpu, component: Processes },
];
