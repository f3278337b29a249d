/**
 * The address that is called as a sign of life. As good as a password, so it is no setting: it goes in and never comes
 * out again.
 */
import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { DeliveryLine } from './delivery-line.tsx';

export function Heartbeat(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const client = useClient();
  const [url, setUrl] = useState('');
  const state = useQuery({ ...api.channels.heartbeat.queryOptions(), refetchInterval: 5_000 }).data;
  const set = useAction(
    useCallback((next: string | null) => client.channels.setHeartbeat({ url: next }), [client]),
    { done: t('settings.saved') },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void set.run(url).then((done) => done !== undefined && setUrl(''));
  };
  const isSet = state?.isSet === true;
  return (
    <Card title={t('heartbeat.title')}>
      <form onSubmit={submit}>
        <Text size="sm" className="quiet" mb={10}>
          {t('heartbeat.detail')}
        </Text>
        <Group align="end" gap={8}>
          <PasswordInput
            label={t('heartbeat.address')}
            placeholder={isSet ? t('channels.secretSet') : 'https://'}
            value={url}
            autoComplete="off"
            onChange={(event) => setUrl(event.currentTarget.value)}
            style={{ flex: '1 1 220px' }}
          />
          {isSet && (
            <Button variant="subtle" color="red" onClick={() => void set.run(null)}>
              {t('action.remove')}
            </Button>
          )}
          <Button type="submit" disabled={url === ''} loading={set.isBusy}>
            {t('action.save')}
          </Button>
        </Group>
        {isSet && (
          <div role="status" style={{ marginTop: 8 }}>
            {state?.last === undefined ? (
              <Text size="xs" className="quiet">
                {t('channels.neverUsed')}
              </Text>
            ) : (
              <DeliveryLine last={state.last} />
            )}
          </div>
        )}
      </form>
    </Card>
  );
}
