/** The ways of telling someone. To add one: a file here, a line below, a test. */
import type { Channel } from '../channel.ts';
import { createDesktopChannel, type ShowDesktopNotice } from './desktop.ts';

/** @param shown the desktop's ways of showing a notification, best first */
export const createChannels = (shown: readonly ShowDesktopNotice[]): readonly Channel[] =>
  [createDesktopChannel(shown)] as readonly Channel[];
