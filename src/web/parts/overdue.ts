import { useFetched } from '../data/use-fetched.ts';
import type { Item, Page } from '../data/types.ts';

export const mostOverdue = 99;
export const overdueEveryMs = 30_000;
export const overduePath = `api/items?open=true&heat=overdue&limit=${mostOverdue}`;

/** Where there may be more, that is said. */
export const overdueText = (count: number): string => (count >= mostOverdue ? `${mostOverdue}+` : String(count));

/** Items that are overdue, as many as whoever looks may see; read seldom, for they are days. */
export const useOverdue = (isOpen: boolean): number => {
  const found = useFetched<Page<Item>>(isOpen ? overduePath : null, overdueEveryMs);
  return found === null || found === 'missing' ? 0 : found.items.length;
};
