import type { AlertRuleInput } from '../../contract/settings/alerts.ts';
import type { Text } from '../../contract/text/text.ts';

/** A rule that comes with the app brings its words; one of the user has only those that the user wrote. */
export interface ShippedRule extends Omit<AlertRuleInput, 'title' | 'advice'> {
  readonly title: Text;
  /** What earlier versions called it: a user's copy of the rule that still says so has no title of its own. */
  readonly formerTitles?: readonly string[];
  /** What to do about it, shown with the alert. */
  readonly advice: Text;
}
