/** The stored samples of the range as a file, with progress; it can be stopped. */
import { Button, Group, Modal, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { saveAs } from '../../api/save-as.ts';
import { failureOf, failureText } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import type { TimeRange } from './time-range.ts';

export interface ExportDialogProps {
  readonly series: readonly string[];
  readonly range: TimeRange;
  readonly onClose: () => void;
}

export function ExportDialog({ series, range, onClose }: ExportDialogProps): ReactNode {
  useFocusReturn();
  const texts = useText();
  const { t, format: formats } = texts;
  const client = useClient();
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const [progress, setProgress] = useState<{ readonly samples: number; readonly part: number }>();
  const [problem, setProblem] = useState('');
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (): Promise<void> => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    const input = { series: [...series], from: Math.round(range.from), until: Math.round(range.until), format };
    try {
      setProgress({ samples: 0, part: 0 });
      const parts: string[] = [];
      for await (const piece of await client.history.export(input, { signal })) {
        parts.push(piece.text);
        setProgress({ samples: piece.samples, part: piece.progress });
      }
      saveAs(`hakgal-monitor.${format}`, parts.join(''), format === 'csv' ? 'text/csv' : 'application/json');
      onClose();
    } catch (error) {
      if (!signal.aborted) setProblem(failureText(failureOf(error, texts), texts));
      setProgress(undefined);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('trends.export')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap={14}>
        <Text size="sm">
          {formats.dateTime(range.from)} – {formats.dateTime(range.until)}
        </Text>
        <SegmentedControl
          aria-label={t('trends.format')}
          value={format}
          onChange={(value) => setFormat(value as 'csv' | 'json')}
          data={[
            { value: 'csv', label: 'CSV' },
            { value: 'json', label: 'JSON' },
          ]}
        />
        {progress !== undefined && (
          <>
            <Progress value={progress.part * 100} aria-label={t('trends.export')} transitionDuration={0} />
            <Text size="xs" className="quiet" role="status">
              {t('trends.exported', { count: formats.value(progress.samples, 'count') })}
            </Text>
          </>
        )}
        {problem !== '' && <Text c="var(--state-critical)">{problem}</Text>}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={progress !== undefined} onClick={() => void run()}>
            {t('trends.export')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
