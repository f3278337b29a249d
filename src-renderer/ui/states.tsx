/** What a screen shows while it waits, when there is nothing, and when something failed. */
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, type IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf, failureText } from '../api/use-api.ts';
import { useText } from '../i18n/use-text.tsx';

export interface EmptyProps {
  readonly icon: typeof IconInbox;
  readonly title: string;
  readonly detail?: string;
  /** What the user can do about it. */
  readonly children?: ReactNode;
}

export function Empty({ icon: Icon, title, detail, children }: EmptyProps): ReactNode {
  return (
    <Stack align="center" gap={6} py={32} px={16} ta="center">
      <Icon size={32} stroke={1.4} color="var(--text-quiet)" aria-hidden="true" />
      <Text fw={600}>{title}</Text>
      {detail !== undefined && (
        <Text size="sm" className="quiet" maw={460}>
          {detail}
        </Text>
      )}
      {children !== undefined && <div style={{ marginTop: 10 }}>{children}</div>}
    </Stack>
  );
}

export function Waiting({ rows = 4 }: { readonly rows?: number }): ReactNode {
  const { t } = useText();
  return (
    <Stack gap={10} role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
        <Skeleton key={index} height={34} radius="md" />
      ))}
    </Stack>
  );
}

export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  const texts = useText();
  const { t } = texts;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('state.failed')}>
      <Text size="sm">{failureText(failureOf(error, texts), texts)}</Text>
      {onRetry !== undefined && (
        <Button size="xs" variant="default" mt={8} onClick={onRetry}>
          {t('state.retry')}
        </Button>
      )}
    </Alert>
  );
}

/** One of the three, or what the query answered. */
export function Answer<T>({
  query,
  rows,
  children,
}: {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'isError' | 'error'> & { refetch(): unknown };
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting {...(rows !== undefined && { rows })} />;
}
