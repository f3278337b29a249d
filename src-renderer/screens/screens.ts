/** The screens, in the order of the navigation: one folder each, one line here. */
import { IconBell, IconCpu, IconLayoutDashboard } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/en.ts';
import { Alerts } from './alerts/alerts.tsx';
import { Overview } from './overview/overview.tsx';
import { Processes } from './processes/processes.tsx';

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
  { path: '/processes', title: 'screen.processes', icon: IconCpu, component: Processes },
];
