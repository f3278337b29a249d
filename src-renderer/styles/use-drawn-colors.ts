/** The colours of the CSS variables as a canvas needs them: it knows no variables. */
import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { seriesColors } from './tokens.ts';

export interface DrawnColors {
  readonly series: readonly string[];
  readonly line: string;
}

export function useDrawnColors(): DrawnColors {
  const scheme = useComputedColorScheme('light');
  const hasMoreContrast = useMediaQuery('(prefers-contrast: more)') ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours behind the same variables
  return useMemo(() => drawnColors(scheme), [scheme, hasMoreContrast]);
}

/** Asked of an element that carries the scheme itself: the page may take it on only after this render. */
function drawnColors(scheme: 'light' | 'dark'): DrawnColors {
  const probe = document.createElement('span');
  probe.dataset.colors = scheme;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const colorOf = (variable: string): string => style.getPropertyValue(variable.replace(/^var\((.*)\)$/, '$1')).trim();
  const colors = { series: seriesColors.map(colorOf), line: colorOf('--line') };
  probe.remove();
  return colors;
}
