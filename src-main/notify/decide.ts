/** Whether a transition is told to a channel, and if not, why. Pure; every answer has a reason with a name. */
import type { Transition } from '../contract/alerts/alert-procedures.ts';
import type { ChannelSettings } from '../contract/settings/notify.ts';

export interface DecisionInput {
  readonly transition: Transition;
  readonly channel: ChannelSettings;
  /** Whether this channel has been told that the alert fired. */
  readonly isNotified: boolean;
  readonly isQuietHour: boolean;
}

export type Decision = { readonly send: true } | Withheld;

export interface Withheld {
  readonly send: false;
  readonly reason: string;
  readonly message: string;
  /** Told after all when the mute ends and the alert still fires. */
  readonly later: boolean;
  /** Worth a line in the delivery log; what goes without saying is not. */
  readonly isLogged: boolean;
}

const never = (reason: string, message: string): Withheld => no(reason, message, false, true);
const later = (reason: string, message: string): Withheld => no(reason, message, true, true);
const asIntended = (reason: string, message: string): Withheld => no(reason, message, false, false);
const no = (reason: string, message: string, isLater: boolean, isLogged: boolean): Withheld => ({
  send: false,
  reason,
  message,
  later: isLater,
  isLogged,
});

export function decide({ transition, channel, isNotified, isQuietHour }: DecisionInput): Decision {
  const { kind, alert } = transition;
  switch (kind) {
    case 'acknowledged':
    case 'unacknowledged':
    case 'silenced':
      return asIntended('not-told', 'What the user did is kept in the history, not told.');
    case 'resolved':
      if (!isNotified) return asIntended('not-told-before', 'The channel was never told that this alert fired.');
      if (!channel.isEnabled) return never('channel-off', 'The channel is switched off.');
      return channel.sendResolved ? { send: true } : never('resolved-not-wanted', 'The channel is not told of ends.');
    case 'reminder':
    case 'flapping':
      if (!isNotified) return asIntended('not-told-before', 'The channel was never told that this alert fired.');
      if (alert.acknowledged !== undefined)
        return never('acknowledged', `${alert.acknowledged.by} has acknowledged the alert.`);
      break;
    case 'fired':
      if (isNotified) return asIntended('told-before', 'The channel has already been told of this alert.');
  }
  if (!channel.isEnabled) return never('channel-off', 'The channel is switched off.');
  // A reminder that is missed is not made up for.
  const mutedBy = kind === 'fired' ? later : never;
  if (alert.silencedUntil !== undefined) return mutedBy('silenced', 'A silence covers the alert.');
  if (alert.inhibitedBy !== undefined)
    return mutedBy('inhibited', 'A graver alert about the same thing is firing and mutes this one.');
  if (isQuietHour) return mutedBy('quiet-hours', 'It is told when the quiet hours end, if it still fires then.');
  return { send: true };
}
