/** The frame around every screen: connection, theme, language, navigation. */
import {
  ActionIcon,
  Alert,
  AppShell,
  Burger,
  Button,
  Center,
  Group,
  Loader,
  MantineProvider,
  NavLink,
  Text,
  Tooltip,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { spotlight } from '@mantine/spotlight';
import { IconLanguage, IconMoon, IconPlugConnectedX, IconSearch, IconSun } from '@tabler/icons-react';
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Router, Switch, useLocation, useRoute } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { urgent } from './alert/describe-alert.ts';
import { type Client, connect } from './api/connection.ts';
import { ClientProvider, useClient } from './api/use-client.tsx';
import { FirstRun } from './first-run/first-run.tsx';
import { Flyout } from './flyout/flyout.tsx';
import { NoAnswer } from './frame/no-answer.tsx';
import { Palette } from './frame/palette.tsx';
import { useApplyPreferences, usePreferences } from './frame/use-preferences.ts';
import { TextProvider, useText } from './i18n/use-text.tsx';
import { type ConnectionState, LiveStore } from './live/live-store.ts';
import { LiveProvider, useConnection, useLiveState } from './live/use-live.tsx';
import { pages, type Screen, screens } from './screens/screens.ts';
import { theme } from './styles/tokens.ts';
import { FailureBoundary } from './ui/failure-boundary.tsx';
import { Waiting } from './ui/states.tsx';

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// What locks scrolling behind a dialog writes a style of its own, and takes the nonce for it from this well-known name.
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App(): ReactNode {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <TextProvider>
          <Notifications position="bottom-right" />
          <Connected>
            <Router hook={useHashLocation}>
              <Page />
            </Router>
          </Connected>
        </TextProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Nothing is drawn before the core answers once; after that the last values stay while the connection is away. */
function Connected({ children }: { readonly children: ReactNode }): ReactNode {
  const { t, askBy, hasAsked } = useText();
  const [core, setCore] = useState<{ readonly client: Client; readonly store: LiveStore }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; there is one connection.
  useEffect(() => {
    void connect().then((client) => {
      askBy(async (language) => (await client.messages.list({ language })).texts);
      setCore({ client, store: new LiveStore(client) });
    });
  }, []);
  if (core === undefined || !hasAsked) {
    return (
      <Center h="100vh">
        <Group gap={12} role="status">
          <Loader aria-hidden="true" />
          {t('connection.connecting')}
        </Group>
      </Center>
    );
  }
  return (
    <ClientProvider client={core.client}>
      <LiveProvider store={core.store}>{children}</LiveProvider>
    </ClientProvider>
  );
}

/** The flyout is a window of its own: no frame, nothing that asks. */
function Page(): ReactNode {
  useApplyPreferences();
  const [isFlyout] = useRoute('/flyout');
  return isFlyout ? <Flyout /> : <Frame />;
}

/** The screen first: it is what tells one tab, or one window, from another. */
function useDocumentTitle(): void {
  const { t } = useText();
  const [path] = useLocation();
  useEffect(() => {
    const screen = screens.find((one) => one.path === `/${path.split('/')[1]}`);
    document.title = screen === undefined ? t('app.name') : `${t(screen.title)} · ${t('app.name')}`;
  }, [path, t]);
}

function Frame(): ReactNode {
  const { t } = useText();
  useDocumentTitle();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { isDark, switchTheme, switchLanguage } = usePreferences();
  const [path] = useLocation();
  // Nothing is known, and nothing will be: empty screens would only mislead.
  const connection = useConnection();
  const isKnown = useLiveState('services') !== undefined;
  const isPaused = (useLiveState('pausedUntil') ?? null) !== null;
  const isRefused = connection === 'signed-out' || (!isKnown && connection === 'lost');
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 12, sm: 20 }}
    >
      <button type="button" className="skip-link" onClick={() => document.getElementById('content')?.focus()}>
        {t('app.skip')}
      </button>
      <AppShell.Header bg="var(--card)" px={16} style={{ borderColor: 'var(--line)' }}>
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap={10} wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.navigation')} />
            <img src="/icon.svg" alt="" width={24} height={24} />
            <Text component="h1" fw={600} size="md" m={0} style={{ whiteSpace: 'nowrap' }}>
              {t('app.name')}
            </Text>
          </Group>
          <Group gap={4} wrap="nowrap">
            <Tooltip label={t('palette.open')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('palette.open')} onClick={() => spotlight.open()}>
                <IconSearch size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('language.switch')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('language.switch')} onClick={switchLanguage}>
                <IconLanguage size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('theme.switch')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('theme.switch')} onClick={switchTheme}>
                {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--card)" p={8} style={{ borderColor: 'var(--line)' }} aria-label={t('app.navigation')}>
        {screens.map((screen) => (
          <ScreenLink key={screen.path} screen={screen} onFollow={close} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="content" data-old={connection === 'lost' || isPaused || undefined}>
          {isRefused ? (
            <NoAnswer state={connection === 'signed-out' ? 'signed-out' : 'unreachable'} />
          ) : (
            <ConnectionBanner />
          )}
          <MonitorNotifications />
          {!isRefused && (
            <FailureBoundary place={path}>
              <Suspense fallback={<Waiting rows={6} />}>
                <Switch>
                  {screens.map(({ path, pattern = path, component }) => (
                    <Route key={path} path={pattern} component={component} />
                  ))}
                  {pages.map(({ path, component }) => (
                    <Route key={path} path={path} component={component} />
                  ))}
                  <Redirect to="/" />
                </Switch>
              </Suspense>
            </FailureBoundary>
          )}
        </div>
      </AppShell.Main>
      <Palette />
      <FirstRun />
    </AppShell>
  );
}

/** What the user should know that is no alert: settings set aside, history restored from a backup. */
function MonitorNotifications(): ReactNode {
  const { t, say } = useText();
  const client = useClient();
  return (useLiveState('notifications') ?? []).map(({ kind, message, next = '', values }) => (
    <Alert
      key={kind}
      color="accent"
      mb={16}
      withCloseButton
      closeButtonLabel={t('notification.dismiss')}
      onClose={() => void client.monitor.dismissNotification({ kind })}
    >
      {say(`app-notification.${kind}`, message, values)} {say(`app-notification-next.${kind}`, next)}
    </Alert>
  ));
}

function ScreenLink({ screen, onFollow }: { readonly screen: Screen; readonly onFollow: () => void }): ReactNode {
  const { t } = useText();
  const [isActive] = useRoute(screen.pattern ?? screen.path);
  const Icon = screen.icon;
  return (
    <NavLink
      href={`#${screen.path}`}
      label={t(screen.title)}
      leftSection={<Icon size={18} stroke={1.6} />}
      rightSection={screen.path === '/alerts' ? <AlertCount /> : undefined}
      active={isActive}
      onClick={onFollow}
      aria-current={isActive ? 'page' : undefined}
      style={{ borderRadius: 8 }}
    />
  );
}

/** How many alerts ask for a look, on every screen. */
function AlertCount(): ReactNode {
  const alerts = urgent(useLiveState('alerts') ?? []).filter(({ acknowledged }) => acknowledged === undefined);
  const worst = alerts[0];
  if (worst === undefined) return null;
  return (
    <span className="count" data-severity={worst.severity}>
      {alerts.length}
    </span>
  );
}

/** When the last values came; asked for only once no more come, since it changes each second. */
function useLastSeen(connection: ConnectionState): number | undefined {
  const last = useLiveState(connection === 'lost' ? 'at' : 'pausedUntil');
  return connection === 'lost' && typeof last === 'number' ? last : undefined;
}

function ConnectionBanner(): ReactNode {
  const { t, format } = useText();
  const connection = useConnection();
  const at = useLastSeen(connection);
  const pausedUntil = useLiveState('pausedUntil') ?? null;
  const queries = useQueryClient();
  // What failed while nobody answered is asked for again, without a click.
  useEffect(() => {
    if (connection === 'live') void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
  }, [connection, queries]);
  if (connection === 'lost') {
    return (
      <Alert color="orange" icon={<IconPlugConnectedX size={18} />} mb={16} role="status">
        {t('connection.lost')} {at !== undefined && t('connection.asOf', { time: format.moment(at) })}
      </Alert>
    );
  }
  if (pausedUntil === null) return null;
  return (
    <Alert color="accent" mb={16} role="status">
      <Group justify="space-between">
        {t('paused', { time: format.moment(pausedUntil) })}
        <ResumeButton label={t('paused.resume')} />
      </Group>
    </Alert>
  );
}

function ResumeButton({ label }: { readonly label: string }): ReactNode {
  const client = useClient();
  return (
    <Button size="xs" variant="light" onClick={() => void client.monitor.resume()}>
      {label}
    </Button>
  );
}
