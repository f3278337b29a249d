import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconBellOff, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { useRuleTitles } from '../../alert/use-rule-titles.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { RuleSelect } from './rule-select.tsx';

export function SilencesTab(): ReactNode {
  const { t, format } = useText();
  const ruleTitle = useRuleTitles();
  const api = useApi();
  const client = useClient();
  const silences = useQuery({ ...api.alerts.silences.queryOptions(), refetchInterval: 10_000 });
  const end = useAction(useCallback((id: string) => client.alerts.removeSilence({ id }), [client]));
  return (
    <Stack gap={16}>
      <NewSilence />
      <Card title={t('silences.title')}>
        <Answer query={silences}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={IconBellOff} title={t('silences.none')} detail={t('silences.noneDetail')} />
            ) : (
              <Stack gap={0}>
                {list.map((silence) => (
                  <Group key={silence.id} justify="space-between" className="list-row" wrap="nowrap">
                    <div style={{ minWidth: 0 }}>
                      <Text size="sm" fw={600} truncate>
                        {silence.rule === undefined
                          ? silence.alert === undefined
                            ? t('silences.everything')
                            : t('silences.oneAlert', {
                                rule: ruleTitle(silence.alert.split(/[|{:@/]/)[0] ?? silence.alert),
                              })
                          : ruleTitle(silence.rule)}
                        {placeOf(silence.labels) !== '' && ` (${placeOf(silence.labels)})`}
                      </Text>
                      <Text size="xs" className="quiet" truncate>
                        {t('silences.until', { time: format.dateTime(silence.until) })}
                        {silence.comment !== undefined && ` · ${silence.comment}`}
                      </Text>
                    </div>
                    <Button
                      size="xs"
                      variant="default"
                      leftSection={<IconTrash size={14} />}
                      onClick={() => void end.run(silence.id)}
                    >
                      {t('silences.end')}
                    </Button>
                  </Group>
                ))}
              </Stack>
            )
          }
        </Answer>
      </Card>
    </Stack>
  );
}

function NewSilence(): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [rule, setRule] = useState<string | null>(null);
  const [hours, setHours] = useState<string | number>(2);
  const [comment, setComment] = useState('');
  const create = useAction(
    useCallback(
      () =>
        client.alerts.silence({
          minutes: Math.max(1, Number(hours) * 60),
          ...(rule !== null && { rule }),
          ...(comment !== '' && { comment }),
        }),
      [client, rule, hours, comment],
    ),
    { done: t('silences.made') },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void create.run();
  };
  return (
    <Card title={t('silences.new')}>
      <form onSubmit={submit}>
        <Group align="end" gap={10}>
          <RuleSelect
            label={t('silences.what')}
            placeholder={t('silences.everything')}
            value={rule}
            onChange={setRule}
          />
          <NumberInput label={t('silences.hours')} value={hours} onChange={setHours} min={0.25} max={8760} w={110} />
          <TextInput
            label={t('silences.comment')}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            maxLength={500}
            style={{ flex: '1 1 200px' }}
          />
          <Button type="submit" loading={create.isBusy} leftSection={<IconBellOff size={16} />}>
            {t('silences.start')}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
