import { applyNews } from '../logic/apply-news.ts';
import { readClock } from '../logic/virtual-clock.ts';
import { ApiError, getLatestRows, getPeople, getRoster, getWall } from './api.ts';
import { pageStore } from './store.ts';
import type { Row, Wall, WallNews } from './types.ts';

const peopleEveryMs = 15_000;
const retryMs = 2_000;
const rowsKept = 400;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps the store level with the server until the page is left. */
export const follow = (): void => {
  void followPeople();
  void followWall();
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

const followWall = async (): Promise<void> => {
  for (;;) {
    if (await readWall()) {
      // rows of a time without connection are filled in; what comes twice is known by its number
      getLatestRows(rowsKept)
        .then(addRows)
        .catch(() => undefined);
      await listen();
    }
    await pause(retryMs);
  }
};

/** Whether there is a wall to follow. A stream cannot say why it is refused: the whole wall is asked for first. */
const readWall = async (): Promise<boolean> => {
  try {
    show(await getWall());
    return true;
  } catch (error) {
    const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
    pageStore.set({ link: isRefused ? 'refused' : 'lost' });
    return false;
  }
};

const show = (wall: Wall): void => {
  const { clock } = pageStore.get();
  pageStore.set({ wall, clock: readClock(clock, wall.at, wall.clockScale, performance.now()), link: 'live' });
};

const addRows = (fresh: readonly Row[]): void => {
  if (fresh.length === 0) return;
  const known = new Map([...pageStore.get().rows, ...fresh].map((row) => [row.seq, row]));
  pageStore.set({ rows: [...known.values()].toSorted((a, b) => a.seq - b.seq).slice(-rowsKept) });
};

/** Resolves when the browser has given up by itself; short breaks it mends alone, and hears the whole wall again. */
const listen = (): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource('api/wall/live');
    source.addEventListener('wall', ({ data }: MessageEvent<string>) => show(JSON.parse(data) as Wall));
    source.addEventListener('news', ({ data }: MessageEvent<string>) => {
      const news = JSON.parse(data) as WallNews;
      const { wall } = pageStore.get();
      if (wall) show(applyNews(wall, news));
      addRows(news.rows);
    });
    source.addEventListener('error', () => {
      pageStore.set({ link: 'lost' });
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      resolve();
    });
  });
