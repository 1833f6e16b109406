import { readClock } from '../logic/virtual-clock.ts';
import { ApiError, getLatestRows, getPeople, getRoster, getWall } from './api.ts';
import { pageStore } from './store.ts';
import type { Row } from './types.ts';

const wallEveryMs = 1_500;
/** Rows come in bursts: one look at the wall serves all of them. */
const nudgeMs = 150;
const peopleEveryMs = 15_000;
const retryMs = 2_000;
const rowsKept = 400;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps the store level with the server until the page is left. */
export const follow = (): void => {
  const lookAtWall = startWall();
  void followPeople();
  void followRows((rows) => {
    addRows(rows);
    lookAtWall();
  });
};

const startWall = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isSoon = false;
  const plan = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  };
  const look = async (): Promise<void> => {
    isBusy = true;
    isSoon = false;
    await readWall();
    isBusy = false;
    plan(isSoon ? nudgeMs : wallEveryMs);
  };
  void look();
  return () => {
    if (isSoon) return;
    isSoon = true;
    if (!isBusy) plan(nudgeMs);
  };
};

const readWall = async (): Promise<void> => {
  try {
    const wall = await getWall();
    const { clock } = pageStore.get();
    pageStore.set({ wall, clock: readClock(clock, wall.at, wall.clockScale, performance.now()), link: 'live' });
  } catch (error) {
    const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
    pageStore.set({ link: isRefused ? 'refused' : 'lost' });
  }
};

const followPeople = async (): Promise<void> => {
  for (;;) {
    try {
      const [people, roster] = await Promise.all([getPeople(), getRoster()]);
      pageStore.set({ people, roster });
      await pause(peopleEveryMs);
    } catch {
      // the wall says that the connection is lost; here it is only tried again
      await pause(retryMs);
    }
  }
};

const addRows = (fresh: readonly Row[]): void => {
  const { rows } = pageStore.get();
  const last = rows.at(-1)?.seq ?? 0;
  pageStore.set({ rows: [...rows, ...fresh.filter(({ seq }) => seq > last)].slice(-rowsKept) });
};

const followRows = async (onRows: (rows: readonly Row[]) => void): Promise<void> => {
  for (;;) {
    try {
      onRows(await getLatestRows(rowsKept));
      break;
    } catch {
      await pause(retryMs);
    }
  }
  let buffer: Row[] = [];
  const flush = (): void => {
    const rows = buffer;
    buffer = [];
    onRows(rows);
  };
  for (;;) {
    await listen((row) => {
      if (buffer.push(row) === 1) setTimeout(flush, 100);
    });
    await pause(retryMs);
  }
};

/** Resolves when the browser has given up by itself; short breaks it mends alone, from the last row that it saw. */
const listen = (onRow: (row: Row) => void): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource(`api/live?after=${pageStore.get().rows.at(-1)?.seq ?? 0}`);
    source.addEventListener('message', (message: MessageEvent<string>) => {
      const row: Row = JSON.parse(message.data);
      onRow(row);
    });
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      resolve();
    });
  });
