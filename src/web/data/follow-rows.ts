import { withNewest, withNews, withOlder } from '../logic/ledger-rows.ts';
import { getJson } from './api.ts';
import { pageStore } from './store.ts';
import type { Page, Row } from './types.ts';

/** More than any screen shows at once; over a poor line each hundred takes a third of a second. */
const rowsAtOnce = 60;

const read = (more = ''): Promise<Page<Row>> => getJson<Page<Row>>(`api/ledger?order=newest&limit=${rowsAtOnce}${more}`);

export const addRows = (fresh: readonly Row[]): void => {
  if (fresh.length > 0) pageStore.set(withNews(pageStore.get(), fresh));
};

/** Rows of a time without connection are filled in; what comes twice is known by its number. */
export const readNewestRows = async (): Promise<void> => {
  const page = await read().catch(() => undefined);
  if (page) pageStore.set({ ...withNewest(pageStore.get(), page), areRowsRead: true });
};

let reading: string | null = null;

/** As somebody scrolls to the end of what is there. */
export const readOlderRows = async (): Promise<void> => {
  const { olderThan } = pageStore.get();
  if (olderThan === null || reading === olderThan) return;
  reading = olderThan;
  const page = await read(`&after=${encodeURIComponent(olderThan)}`).catch(() => undefined);
  reading = null;
  if (page) pageStore.set(withOlder(pageStore.get(), olderThan, page));
};
