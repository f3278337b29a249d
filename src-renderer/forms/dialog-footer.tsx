/** The last line of a form in a dialog: Cancel and Save at its end, what else it offers at its beginning. */
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';

interface DialogFooterProps {
  readonly canSave: boolean;
  readonly isSaving: boolean;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

export function DialogFooter({ canSave, isSaving, onCancel, children }: DialogFooterProps): ReactNode {
  const { t } = useText();
  return (
    <Group gap={8}>
      {children}
      <Group gap={8} ml="auto">
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" disabled={!canSave} loading={isSaving}>
          {t('action.save')}
        </Button>
      </Group>
    </Group>
  );
}
