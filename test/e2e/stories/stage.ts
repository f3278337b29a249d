/** Where a story is played: the real app with its dashboard, in a browser or in its own window. */
import type { Page } from 'playwright-core';

export interface Stage {
  /** Holds settings, history and the demo. */
  readonly dataDir: string;
  /** The dashboard in its one window, at `path` ("/trends/7d"). */
  open(path: string): Promise<Page>;
  /** The small window of the tray, opened as a user opens it. */
  flyout(): Promise<Page>;
  /** Titles of the desktop's notifications so far; absent where the stage has no desktop. */
  notifications?(): Promise<readonly string[]>;
}

/** In which state the app is when the curtain rises. */
export interface Scene {
  /** What the system speaks; English where absent. */
  readonly language?: 'de';
  readonly isDemo?: boolean;
  /** Rules in place; the shipped ones are off, because a busy machine must not fire into a story. */
  readonly rules?: readonly object[];
  /** Before the first start. */
  prepare?(dataDir: string): Promise<void>;
}

export interface Story {
  readonly title: string;
  /** Milliseconds, where a story waits for hold times and slow intervals. */
  readonly timeoutMs?: number;
  /** Why it can't be played on this machine. */
  readonly missing?: string | undefined;
  play(stage: Stage): Promise<void>;
}

/** One line for all stages, so that a page is left as a user leaves it: by its address, in the same document. */
export async function goTo(page: Page, path: string): Promise<Page> {
  await page.evaluate((wanted) => location.assign(`#${wanted}`), path);
  return page;
}
