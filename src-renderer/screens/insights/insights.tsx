/** What was unusual, what comes next, and when a disk is full. */
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Anomalies } from './anomalies.tsx';
import { Capacity } from './capacity.tsx';
import { Forecasts } from './forecasts.tsx';

export function Insights(): ReactNode {
  const { t } = useText();
  return (
    <>
      <ScreenHeader title={t('screen.insights')} />
      <Stack gap={16}>
        <Anomalies />
        <Forecasts />
        <Capacity />
      </Stack>
    </>
  );
}
