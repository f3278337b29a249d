/** Pages that lie in their place and may still not be their table's; an index that knows their rows clears them. */
import type { DoubtReason } from '../../../contract/doctor/doubts.ts';
import type { Session } from '../session.ts';

export const isAlsoFree = ({ map, isFreelistWhole }: Session, page: number): boolean =>
  map.isFree[page] === 1 && isFreelistWhole;

/** Why a page in its place may still not be this table's. */
export const suspicionOf = (session: Session, page: number): DoubtReason =>
  isAlsoFree(session, page) ? 'page-also-free' : 'duplicate-key';
