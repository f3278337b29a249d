/** Everything that can be set: an area each, its form drawn from the schema. */
import type { Settings as AllSettings, SettingsPatch } from '@contract/settings/settings.ts';
import type { SettingsAnswer } from '@contract/system.ts';
import { Button, FileButton, Group, NavLink, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import { useParams } from 'wouter';
import { saveAs } from '../../api/save-as.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import type { JsonSchema } from '../../forms/json-schema.ts';
import { wordsOf } from '../../forms/json-schema.ts';
import { SchemaForm } from '../../forms/schema-form.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer } from '../../ui/states.tsx';
import { Channels } from './channels.tsx';
import { Heartbeat } from './heartbeat.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';

type Area = keyof SettingsPatch;

/** Areas with a screen of their own. */
const elsewhere = ['version', 'targets', 'alerts', 'profiles'];
const hidden = ['general.isFirstRunDone', 'notify.channels'];

export function Settings(): ReactNode {
  const { t, say } = useText();
  const api = useApi();
  const client = useClient();
  const { area: asked } = useParams<{ area?: string }>();
  const settings = useQuery(api.settings.get.queryOptions());
  const [isExporting, setExporting] = useState(false);
  /** The text of a sealed file that waits for its passphrase. */
  const [sealed, setSealed] = useState<string>();
  const load = useAction(
    useCallback(
      async (json: string, passphrase?: string) => {
        await client.settings.import({ json, ...(passphrase !== undefined && { passphrase }) });
        setSealed(undefined);
      },
      [client],
    ),
    { done: t('settings.imported') },
  );
  const choose = async (file: File | null): Promise<void> => {
    const json = await file?.text();
    if (json === undefined) return;
    if (/"sealed"\s*:/.test(json.slice(0, 500))) setSealed(json);
    else void load.run(json);
  };
  const save = useAction(
    useCallback(
      async (passphrase: string) => {
        const { json } = await client.settings.export(passphrase === '' ? {} : { passphrase });
        saveAs('hakgal-monitor-settings.json', json, 'application/json');
        setExporting(false);
      },
      [client],
    ),
  );
  return (
    <>
      <ScreenHeader title={t('screen.settings')}>
        <FileButton accept="application/json" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" leftSection={<IconUpload size={14} />}>
              {t('settings.import')}
            </Button>
          )}
        </FileButton>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} onClick={() => setExporting(true)}>
          {t('settings.export')}
        </Button>
      </ScreenHeader>
      {isExporting && (
        <PassphraseDialog
          title={t('settings.export')}
          help={t('settings.export.help')}
          isOptional
          isBusy={save.isBusy}
          onClose={() => setExporting(false)}
          onTyped={(passphrase) => void save.run(passphrase)}
        />
      )}
      {sealed !== undefined && (
        <PassphraseDialog
          title={t('settings.import')}
          help={t('settings.import.help')}
          isOptional={false}
          isBusy={load.isBusy}
          onClose={() => setSealed(undefined)}
          onTyped={(passphrase) => void load.run(sealed, passphrase)}
        />
      )}
      <Answer query={settings} rows={8}>
        {(answer) => {
          const areas = Object.keys(answer.settings).filter((name) => !elsewhere.includes(name)) as Area[];
          const area = areas.find((name) => name === asked) ?? 'general';
          return (
            <div className="grid">
              <nav className="span-3 settings-areas" aria-label={t('settings.areas')}>
                {areas.map((name) => (
                  <NavLink
                    key={name}
                    href={`#/settings/${name}`}
                    label={say(`setting.${name}`, wordsOf(name))}
                    active={name === area}
                    aria-current={name === area ? 'true' : undefined}
                    style={{ borderRadius: 8 }}
                  />
                ))}
              </nav>
              <Stack className="span-9" gap={16}>
                {area === 'notify' && <Channels />}
                <AreaForm key={area} area={area} answer={answer} />
                {area === 'notify' && <Heartbeat />}
              </Stack>
            </div>
          );
        }}
      </Answer>
    </>
  );
}

function AreaForm({ area, answer }: { readonly area: Area; readonly answer: SettingsAnswer }): ReactNode {
  const { t, say } = useText();
  const client = useClient();
  const saved = answer.settings[area];
  const defaults = withHidden(area, answer.defaults[area], saved);
  const [draft, setDraft] = useState<unknown>();
  const value = draft ?? saved;
  const isChanged = JSON.stringify(value) !== JSON.stringify(saved);
  const save = useAction(
    useCallback((next: unknown) => client.settings.update({ [area]: next } as SettingsPatch), [client, area]),
    { done: t('settings.saved') },
  );
  const schema = (answer.jsonSchema as JsonSchema).properties?.[area] ?? {};
  const channels = (answer.settings as AllSettings).notify.channels.map(({ id, title }) => ({
    value: id,
    label: title,
  }));
  const help = say(`setting.${area}.help`, '');
  return (
    <Card title={say(`setting.${area}`, wordsOf(area))}>
      {help !== '' && (
        <Text size="sm" className="quiet" mb={14}>
          {help}
        </Text>
      )}
      <SchemaForm
        path={area}
        schema={schema}
        value={value}
        onChange={setDraft}
        hidden={hidden}
        choicesFor={(path) => (path.startsWith('notify.routes.') ? channels : undefined)}
      />
      <Group justify="space-between" mt={18}>
        <Button
          variant="subtle"
          color="gray"
          onClick={() => setDraft(defaults)}
          disabled={JSON.stringify(value) === JSON.stringify(defaults)}
        >
          {t('settings.defaults')}
        </Button>
        <Group gap={8} ml="auto">
          <Button variant="default" disabled={!isChanged} onClick={() => setDraft(undefined)}>
            {t('settings.discard')}
          </Button>
          <Button
            disabled={!isChanged}
            loading={save.isBusy}
            onClick={() => void save.run(value).then((done) => done !== undefined && setDraft(undefined))}
          >
            {t('action.save')}
          </Button>
        </Group>
      </Group>
    </Card>
  );
}

/** The defaults of an area, but for what its form does not show: nobody means to lose a channel or to be welcomed again. */
function withHidden(area: Area, defaults: object, saved: object): object {
  const kept = Object.entries(saved).filter(([name]) => hidden.includes(`${area}.${name}`));
  return { ...defaults, ...Object.fromEntries(kept) };
}
