/** Asks for the passphrase of an export: a new one when it is made, that one when it comes back. */
import { Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogFooter } from '../../forms/dialog-footer.tsx';
import { useText } from '../../i18n/use-text.tsx';

interface PassphraseDialogProps {
  readonly title: string;
  readonly help: string;
  /** Nothing typed is a choice, too. */
  readonly isOptional: boolean;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onTyped: (passphrase: string) => void;
}

/** As the contract says. */
const minLength = 8;

export function PassphraseDialog(props: PassphraseDialogProps): ReactNode {
  const { t } = useText();
  const [passphrase, setPassphrase] = useState('');
  const isTooShort = passphrase !== '' && passphrase.length < minLength;
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onTyped(passphrase);
        }}
      >
        <Stack gap={14}>
          <Text size="sm">{props.help}</Text>
          <PasswordInput
            label={t('settings.passphrase')}
            autoComplete={props.isOptional ? 'new-password' : 'current-password'}
            value={passphrase}
            onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
            error={isTooShort ? t('settings.passphrase.short') : undefined}
          />
          <DialogFooter
            canSave={!isTooShort && (props.isOptional || passphrase !== '')}
            isSaving={props.isBusy}
            onCancel={props.onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
