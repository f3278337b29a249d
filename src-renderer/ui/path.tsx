/** A file's path in one line; where it does not fit, its beginning is cut and a tooltip has all of it. */
import type { ReactNode } from 'react';

export function Path({ path, before = '' }: { readonly path: string; readonly before?: string }): ReactNode {
  return (
    <div className="path quiet extra-small" title={path}>
      <bdi dir="ltr">
        {before}
        {path}
      </bdi>
    </div>
  );
}
