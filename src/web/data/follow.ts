import { applyNews } from '../logic/apply-news.ts';
import { readClock } from '../logic/virtual-clock.ts';
import { ApiError, getLatestRow, getPeople, getRoster } from './api.ts';
import { addRows, readNewestRows } from './follow-rows.ts';
import { renewPage } from './renew-page.ts';
import { pageStore } from './store.ts';
import type { Wall, WallNews } from './types.ts';

/** Whoever stands where is asked for again when the wall says so; and this often in any case. */
const peopleEveryMs = 10 * 60_000;
/** All walls hear of a new shift at once, and should not all ask at once. */
const spreadMs = 3_000;
const retryMs = 2_000;
/** The wall says something every other second. A connection that is silent for so long is dead, whatever the browser thinks of it. */
const silentMs = 12_000;
/** A whole wall of thousands takes a while over a poor line. */
const firstSilentMs = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps the store level with the server until the page is left. */
export const follow = (): void => {
  void followPeople();
  void followWall();
};

/** Resolves when other people may stand elsewhere, or after a while. */
const untilMoved = (): Promise<void> =>
  new Promise((resolve) => {
    const before = pageStore.get().wall?.holdersVersion;
    const stop = pageStore.subscribe(() => pageStore.get().wall?.holdersVersion !== before && end());
    const timer = setTimeout(() => end(), peopleEveryMs);
    const end = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
  });

/** The wall is there before the lists are asked for, which are long and of which it shows little; where it does not come, they do. */
const untilShown = (): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => void (pageStore.get().wall && end());
    const stop = pageStore.subscribe(look);
    const timer = setTimeout(() => end(), retryMs);
    const end = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    look();
  });

const followPeople = async (): Promise<void> => {
  await untilShown();
  for (;;) {
    try {
      const moved = untilMoved();
      const [people, roster] = await Promise.all([getPeople(), getRoster()]);
      pageStore.set({ people, roster });
      await moved;
      await pause(Math.random() * spreadMs);
    } catch {
      // the wall says that the connection is lost; here it is only tried again
      await pause(retryMs);
    }
  }
};

const followWall = async (): Promise<void> => {
  for (;;) {
    await listen();
    pageStore.set({ link: (await isRefused()) ? 'refused' : 'lost' });
    await pause(retryMs);
  }
};

/** A stream cannot say why it is refused. */
const isRefused = async (): Promise<boolean> => {
  try {
    await getLatestRow();
    return false;
  } catch (error) {
    return error instanceof ApiError && (error.status === 401 || error.status === 403);
  }
};

const show = (wall: Wall): void => {
  const { clock } = pageStore.get();
  pageStore.set({ wall, clock: readClock(clock, wall.at, wall.clockScale, performance.now()), link: 'live' });
};

/**
 * Resolves when the browser has given up by itself; short breaks it mends alone, and goes on where it was cut off. Or when
 * nothing comes any more: of a connection that ended without a word, as phones lose theirs, a browser hears nothing.
 */
const listen = (): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource('api/wall/live');
    let silentAtMs = performance.now() + silentMs;
    const wait = (ms: number): void => void (silentAtMs = performance.now() + ms);
    const leave = (): void => {
      clearInterval(watching);
      source.close();
      resolve();
    };
    const watching = setInterval(() => {
      if (performance.now() < silentAtMs) return;
      pageStore.set({ link: 'lost' });
      leave();
    }, 1_000);
    source.addEventListener('open', () => {
      wait(firstSilentMs);
      void renewPage();
    });
    source.addEventListener('wall', ({ data }: MessageEvent<string>) => {
      wait(silentMs);
      show(JSON.parse(data) as Wall);
      void readNewestRows();
    });
    source.addEventListener('news', ({ data }: MessageEvent<string>) => {
      wait(silentMs);
      const news = JSON.parse(data) as WallNews;
      const { wall } = pageStore.get();
      if (wall) show(applyNews(wall, news));
      addRows(news.rows);
    });
    source.addEventListener('error', () => {
      pageStore.set({ link: 'lost' });
      // it tries again by itself
      wait(silentMs);
      if (source.readyState === EventSource.CLOSED) leave();
    });
  });
