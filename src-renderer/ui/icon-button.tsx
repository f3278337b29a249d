/** A small quiet button of one icon; plain, as the cards that are drawn anew every second have one. */
import type { IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface IconButtonProps {
  readonly icon: typeof IconTable;
  readonly label: string;
  readonly onClick: () => void;
}

export function IconButton({ icon: Icon, label, onClick }: IconButtonProps): ReactNode {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon size={16} stroke={1.6} aria-hidden="true" />
    </button>
  );
}
