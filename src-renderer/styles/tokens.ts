/**
 * The look in one file: colours, sizes, type, motion. Components take everything from here or from CSS variables of
 * global.css.
 */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Blue of the icon; white on shade 7, 7 on the light page and 4 on the dark one all reach 4.5:1. */
const accent: MantineColorsTuple = [
  '#eef4ff',
  '#dbe7ff',
  '#b5ccfb',
  '#8bb0f8',
  '#6797f5',
  '#4f86f3',
  '#2f6feb',
  '#2560d1',
  '#1d52b8',
  '#12429a',
];

/** Cool greys with little colour; 8 is the dark page, 7 and 6 its cards. */
const dark: MantineColorsTuple = [
  '#d7dce5',
  '#a9b2c1',
  '#8f99aa',
  '#5d6778',
  '#3a4352',
  '#2a323f',
  '#1e242e',
  '#171c24',
  '#10141a',
  '#0a0d12',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  colors: { accent, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  radius: { md: '8px', lg: '12px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1rem' } } },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // As high as a finger needs.
    Switch: { defaultProps: { size: 'md' } },
    // Help below its field, so that fields side by side stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
});

/**
 * Lines of a chart in the order they are drawn; told apart by lightness, too. Values are CSS variables of global.css.
 */
export const seriesColors = [
  'var(--series-1)',
  'var(--series-2)',
  'var(--series-3)',
  'var(--series-4)',
  'var(--series-5)',
  'var(--series-6)',
] as const;

export const stateColors = {
  healthy: 'var(--state-good)',
  degraded: 'var(--state-warning)',
  unhealthy: 'var(--state-critical)',
  info: 'var(--state-info)',
  warning: 'var(--state-warning)',
  critical: 'var(--state-critical)',
  unknown: 'var(--text-quiet)',
} as const;
