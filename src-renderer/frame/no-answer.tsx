/** Why nothing is known: this browser is not signed in, or nobody answers. Each says what to do. */
import { Button, Code } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Empty } from '../ui/states.tsx';

export function NoAnswer({ state }: { readonly state: 'signed-out' | 'unreachable' }): ReactNode {
  const { t } = useText();
  return (
    <div role="status">
      <Empty
        icon={state === 'signed-out' ? IconLock : IconPlugConnectedX}
        title={t(`noAnswer.${state}`)}
        detail={t(`noAnswer.${state}.detail`)}
      >
        <Code>{state === 'signed-out' ? 'hakgal-monitor open' : 'hakgal-monitor run'}</Code>
        <div style={{ marginTop: 12 }}>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {t('state.retry')}
          </Button>
        </div>
      </Empty>
    </div>
  );
}
