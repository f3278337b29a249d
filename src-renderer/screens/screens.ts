/** The screens, in the order of the navigation: one folder each, one line here. */
import { IconLayoutDashboard } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/en.ts';
import { Overview } from './overview/overview.tsx';

export interface Screen {
  readonly path: string;
  readonly title: MessageKey;
  readonly icon: typeof IconLayoutDashboard;
  readonly component: ComponentType;
}

export const screens: readonly Screen[] = [
  { path: '/', title: 'screen.overview', icon: IconLayoutDashboard, component: Overview },
];
