/** The ways of telling someone. To add one: a file here, a line below, a test. */
import type { Channel } from '../channel.ts';
import { alertmanagerChannel } from './alertmanager.ts';
import { createDesktopChannel, type ShowDesktopNotification } from './desktop.ts';
import { emailChannel } from './email.ts';
import { slackChannel } from './slack.ts';
import { webhookChannel } from './webhook.ts';

/** @param shown the desktop's ways of showing a notification, best first */
export const createChannels = (shown: readonly ShowDesktopNotification[]): readonly Channel[] =>
  [createDesktopChannel(shown), emailChannel, slackChannel, webhookChannel, alertmanagerChannel] as readonly Channel[];
