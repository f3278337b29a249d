/** The ways of telling someone. To add one: a file here, a line below, a test. */
import type { Channel } from '../channel.ts';
import { alertmanagerChannel } from './alertmanager.ts';
import { createDesktopChannel, type ShowDesktopNotification } from './desktop.ts';
import { discordChannel } from './discord.ts';
import { emailChannel } from './email.ts';
import { gotifyChannel } from './gotify.ts';
import { ntfyChannel } from './ntfy.ts';
import { slackChannel } from './slack.ts';
import { teamsChannel } from './teams.ts';
import { telegramChannel } from './telegram.ts';
import { webhookChannel } from './webhook.ts';

/** @param shown the desktop's ways of showing a notification, best first */
export const createChannels = (shown: readonly ShowDesktopNotification[]): readonly Channel[] =>
  [
    createDesktopChannel(shown),
    emailChannel,
    slackChannel,
    teamsChannel,
    discordChannel,
    telegramChannel,
    ntfyChannel,
    gotifyChannel,
    webhookChannel,
    alertmanagerChannel,
  ] as readonly Channel[];
