import type { Handover } from '../../domain/handover/handover.ts';
import type { Store } from '../../ports/store.ts';
import { scanAll } from '../ledger/scan-all.ts';

/** Every handover of a campaign, by its boundary; those that still wait too. */
export const readHandovers = async (store: Pick<Store, 'scan'>): Promise<readonly Handover[]> => {
  const all = new Map((await scanAll(store, 'handover')).map((one) => [one.id, one]));
  return [...all.values()].toSorted((a, b) => a.at - b.at || a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
};
