/** A screen that can't be loaded or drawn is said to be so in its place; the rest of the page stays. */
import { Component, type ReactNode } from 'react';
import { Failed } from './states.tsx';

interface Props {
  /** Another one is a new attempt: the way to another screen. */
  readonly place: string;
  readonly children: ReactNode;
}

export class FailureBoundary extends Component<Props, { readonly error?: unknown; readonly place?: string }> {
  override state: { readonly error?: unknown; readonly place?: string } = {};

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  static getDerivedStateFromProps(
    { place }: Props,
    before: { readonly place?: string },
  ): { readonly place: string; readonly error?: undefined } | null {
    return before.place === place ? null : { place, error: undefined };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Failed error={error} onRetry={() => void loadAnew()} />;
  }
}

/**
 * The whole page: a part of it that failed to load is not asked for again, and after an update of the monitor it has
 * another name. Only once the monitor answers, because otherwise nothing would be left.
 */
async function loadAnew(): Promise<void> {
  const answers = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (answers) location.reload();
}
