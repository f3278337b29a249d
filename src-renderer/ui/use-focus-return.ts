/**
 * The focus goes back to what opened a dialog; Mantine does that only for dialogs that stay in the tree while they are
 * closed.
 */
import { useEffect, useState } from 'react';

/** In a dialog that is drawn as long as it is open. */
export function useFocusReturn(): void {
  const [opener] = useState(() => openerOf(document.activeElement));
  useEffect(() => () => opener?.focus({ preventScroll: true }), [opener]);
}

/** An entry of a menu is gone with the menu: its button then. */
function openerOf(focused: Element | null): HTMLElement | undefined {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button == null ? focused : document.getElementById(button);
  return opener instanceof HTMLElement ? opener : undefined;
}
