/** Whether a transition is told to a channel, and if not, why. Pure; every answer has a reason with a name. */
import type { Transition } from '../contract/alerts.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';

export interface DecisionInput {
  readonly transition: Transition;
  readonly channel: ChannelSettings;
  /** Whether this channel has been told that the alert fired. */
  readonly isTold: boolean;
  readonly isQuietHour: boolean;
}

export type Decision =
  | { readonly tell: true }
  /** `later`: told after all when the mute ends and the alert still fires. */
  | { readonly tell: false; readonly reason: string; readonly message: string; readonly later: boolean };

const no = (reason: string, message: string, later = false): Decision => ({ tell: false, reason, message, later });

export function decide({ transition, channel, isTold, isQuietHour }: DecisionInput): Decision {
  const { kind, alert } = transition;
  switch (kind) {
    case 'acknowledged':
    case 'unacknowledged':
    case 'silenced':
      return no('not-told', 'What the user did is kept in the history, not told.');
    case 'resolved':
      if (!isTold) return no('not-told-before', 'The channel was never told that this alert fired.');
      if (!channel.isEnabled) return no('channel-off', 'The channel is switched off.');
      return channel.sendResolved ? { tell: true } : no('resolved-not-wanted', 'The channel is not told of ends.');
    case 'reminder':
    case 'flapping':
      if (!isTold) return no('not-told-before', 'The channel was never told that this alert fired.');
      if (alert.acknowledged !== undefined)
        return no('acknowledged', `${alert.acknowledged.by} has acknowledged the alert.`);
      break;
    case 'fired':
      if (isTold) return no('told-before', 'The channel has already been told of this alert.');
  }
  const later = kind === 'fired';
  if (!channel.isEnabled) return no('channel-off', 'The channel is switched off.');
  if (alert.silencedUntil !== undefined) return no('silenced', 'A silence covers the alert.', later);
  if (alert.inhibitedBy !== undefined)
    return no('inhibited', 'A graver alert about the same thing is firing and mutes this one.', later);
  if (isQuietHour) return no('quiet-hours', 'It is told when the quiet hours end, if it still fires then.', later);
  return { tell: true };
}
