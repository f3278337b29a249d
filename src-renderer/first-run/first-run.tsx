/** The first minutes: what to watch, how to be told, start at login. Skippable at any step, and never asked again. */
import type { ChannelTestAnswer } from '@contract/channels.ts';
import type { Draft } from '@contract/forms/form.ts';
import { databaseProfiles } from '@contract/profile.ts';
import { Alert, Button, Code, Group, Modal, Stack, Stepper, Switch, Text, TextInput } from '@mantine/core';
import { IconBell, IconDatabase, IconLogin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import { useAction, useApi } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { useText } from '../i18n/use-text.tsx';
import { describeTest } from '../screens/settings/describe-test.ts';
import { targetIdOf } from '../targets/target-id.ts';
import { Path } from '../ui/path.tsx';

export function FirstRun(): ReactNode {
  const api = useApi();
  const settings = useQuery(api.settings.get.queryOptions()).data?.settings;
  const about = useQuery(api.monitor.about.queryOptions()).data;
  // The demo has something to watch already.
  if (settings === undefined || about === undefined || settings.general.isFirstRunDone || about.isDemo) return null;
  return <Steps isDesktop={about.shell === 'desktop'} />;
}

function Steps({ isDesktop }: { readonly isDesktop: boolean }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [step, setStep] = useState(0);
  const [startsAtLogin, setStartsAtLogin] = useState(isDesktop);
  const finish = useAction(
    useCallback(
      async (startAtLogin: boolean) => {
        const { settings } = await client.settings.get();
        await client.settings.update({ general: { ...settings.general, startAtLogin, isFirstRunDone: true } });
      },
      [client],
    ),
  );
  const skip = (): void => void finish.run(false);
  const isLast = step === 2;
  return (
    <Modal
      opened
      onClose={skip}
      size="lg"
      title={t('first.title')}
      closeButtonProps={{ 'aria-label': t('first.skip') }}
    >
      <Stepper active={step} size="xs" mb={20} allowNextStepsSelect={false}>
        <Stepper.Step icon={<IconDatabase size={16} />} label={t('first.watch')} />
        <Stepper.Step icon={<IconBell size={16} />} label={t('first.tell')} />
        <Stepper.Step icon={<IconLogin size={16} />} label={t('first.login')} />
      </Stepper>
      <div style={{ minHeight: 170 }}>
        {step === 0 && <Watch />}
        {step === 1 && <Tell />}
        {step === 2 && (
          <Stack gap={10}>
            <Text size="sm">{isDesktop ? t('first.login.detail') : t('first.login.headless')}</Text>
            {isDesktop && (
              <Switch
                label={t('first.login.switch')}
                checked={startsAtLogin}
                onChange={(event) => setStartsAtLogin(event.currentTarget.checked)}
              />
            )}
          </Stack>
        )}
      </div>
      <Group justify="space-between" mt={16}>
        <Button variant="subtle" color="gray" onClick={skip}>
          {t('first.skip')}
        </Button>
        <Group gap={8} ml="auto">
          {step > 0 && (
            <Button variant="default" onClick={() => setStep(step - 1)}>
              {t('first.back')}
            </Button>
          )}
          <Button loading={finish.isBusy} onClick={() => (isLast ? void finish.run(startsAtLogin) : setStep(step + 1))}>
            {isLast ? t('first.finish') : t('first.next')}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function Watch(): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const client = useClient();
  const [path, setPath] = useState('');
  const [added, setAdded] = useState<string>();
  const add = useAction(useCallback((target: Draft) => client.targets.save(target), [client]));
  const found = useQuery(api.targets.find.queryOptions());
  const watch = (file: string): void => {
    const name = nameOf(file);
    const profile = databaseProfiles.find(({ fileNames }) => fileNames.includes(name))?.id ?? null;
    void add
      .run({ kind: 'sqlite', id: targetIdOf(name), title: name, path: file, profile })
      .then((done) => done !== undefined && setAdded(name));
  };
  return (
    <Stack gap={10}>
      <Text size="sm">{t('first.watch.detail')}</Text>
      <Group align="end" wrap="nowrap">
        <TextInput
          label={t('first.watch.path')}
          placeholder={t('target.placeholder.path')}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          style={{ flex: 1 }}
          data-autofocus
        />
        <Button variant="light" disabled={path === ''} loading={add.isBusy} onClick={() => watch(path)}>
          {t('form.addEntry')}
        </Button>
      </Group>
      {(found.data ?? []).length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            {t('first.watch.found')}
          </Text>
          {found.data?.map((one) => (
            <Group key={one.path} className="list-row" justify="space-between" wrap="nowrap" gap={12}>
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={500} truncate>
                  {nameOf(one.path)}
                </Text>
                <Path path={one.path} before={`${format.value(one.sizeBytes, 'bytes')} · `} />
              </div>
              <Button
                size="xs"
                variant="light"
                style={{ flex: 'none' }}
                aria-label={t('first.watch.addOne', { name: nameOf(one.path) })}
                onClick={() => watch(one.path)}
              >
                {t('form.addEntry')}
              </Button>
            </Group>
          ))}
        </div>
      )}
      {added !== undefined && (
        <Alert color="teal" p={8} role="status">
          {t('first.watch.added', { name: added })}
        </Alert>
      )}
      <Text size="xs" className="quiet">
        {t('first.watch.demo')} <Code style={{ whiteSpace: 'nowrap' }}>npm start -- --demo</Code>
      </Text>
    </Stack>
  );
}

function Tell(): ReactNode {
  const texts = useText();
  const { t } = texts;
  const api = useApi();
  const client = useClient();
  const channels = useQuery(api.channels.list.queryOptions()).data;
  const desktop = channels?.find(({ channel }) => channel.kind === 'desktop')?.channel;
  const test = useAction(() => {
    if (desktop === undefined) throw new Error('no desktop channel');
    return client.channels.test({ channel: desktop });
  });
  const [answer, setAnswer] = useState<ChannelTestAnswer>();
  return (
    <Stack gap={10}>
      <Text size="sm">{t('first.tell.detail')}</Text>
      {desktop !== undefined && (
        <Group>
          <Button variant="light" loading={test.isBusy} onClick={() => void test.run().then(setAnswer)}>
            {t('channels.test')}
          </Button>
        </Group>
      )}
      {answer !== undefined && (
        <Alert color={answer.ok ? 'teal' : 'red'} p={8} role="status">
          {describeTest(answer, texts)}
        </Alert>
      )}
    </Stack>
  );
}
