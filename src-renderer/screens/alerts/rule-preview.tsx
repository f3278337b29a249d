import type { PreviewAnswer } from '@contract/alerts/alert-procedures.ts';
import type { Draft } from '@contract/forms/form.ts';
import { parseSeriesKey } from '@contract/metric.ts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useCallback, useState } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';

const previewDays = 7;
const firingsShown = 5;
const placeOfSeries = (key: string): string => placeOf(parseSeriesKey(key)?.labels ?? {});

/** How often the rule would have fired on what is stored. */
export function RulePreview({ rule, isValid }: { readonly rule: Draft; readonly isValid: boolean }): ReactNode {
  const { t, format } = useText();
  const client = useClient();
  const [answer, setAnswer] = useState<PreviewAnswer>();
  const preview = useAction(
    useCallback((one: Draft) => client.alerts.preview({ rule: one, days: previewDays }), [client]),
  );
  return (
    <div className="card" aria-live="polite">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {answer === undefined
            ? t('rules.preview')
            : t('rules.previewCount', { count: answer.count, days: previewDays })}
        </Text>
        <Button
          size="xs"
          variant="light"
          disabled={!isValid}
          loading={preview.isBusy}
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => void preview.run(rule).then(setAnswer)}
        >
          {t('rules.tryIt')}
        </Button>
      </Group>
      {answer !== undefined && answer.count > 0 && (
        <Stack gap={2} mt={8}>
          {answer.firings.slice(-firingsShown).map((firing) => (
            <Text key={`${firing.series}${firing.firedAt}`} size="xs" className="quiet">
              {[format.dateTime(firing.firedAt), t(`severity.${firing.severity}`), placeOfSeries(firing.series)]
                .filter((part) => part !== '')
                .join(' · ')}
            </Text>
          ))}
        </Stack>
      )}
    </div>
  );
}
