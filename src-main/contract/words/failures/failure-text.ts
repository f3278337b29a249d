/** What could not be done, and what the user can do next. */
import type { Text } from '../../text/text.ts';

export interface FailureText extends Text {
  readonly next: Text;
}
