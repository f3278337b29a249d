/** What a user sees of the app beside its windows. */
import { ask, type Desktop } from '../../support/electron.ts';

/** In the app's main process; filled by test/support/electron-hooks.cjs. */
export interface Seen {
  tray?: { emit(event: string, ...args: unknown[]): void };
  tooltip: string;
  image: string;
  menu?: { items: { label: string; submenu?: { items: { label: string; click(): void }[] } }[] };
  notifications: {
    title: string;
    body: string;
    actions: { text: string }[];
    emit(event: string, ...args: unknown[]): void;
  }[];
}

export const seen = (desktop: Desktop) =>
  ask(desktop.app, ({ Menu }) => {
    const { tooltip, image, tray, menu, notifications } = (globalThis as unknown as { hakgalTest: Seen }).hakgalTest;
    return {
      tooltip,
      image,
      hasTray: tray !== undefined,
      menu: menu?.items.map(({ label, submenu }) => [label, ...(submenu?.items ?? []).map((one) => one.label)]) ?? [],
      windowMenu: Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [],
      notifications: notifications.map(({ title }) => title),
      buttons: notifications.flatMap(({ actions }) => actions.map(({ text }) => text)),
    };
  });
