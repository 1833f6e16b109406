import { type Access, isInSight, sightOf, stampOf } from '../../domain/access/access.ts';
import { lookingFor, type Looking, seesSubject } from '../../domain/access/in-sight.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { Clock } from '../../ports/clock.ts';
import { type LedgerRowView, toLedgerRowView } from '../ledger/view-ledger.ts';
import type { LiveTimeline } from './live-timeline.ts';
import type { FollowWall, LiveWhole, Opening, WallNews } from './live-wall.ts';
import type { Iso } from './view-page.ts';
import { countColors, type WallView } from './view-wall.ts';
import type { createRowsFor } from './views-for.ts';
import type { Tile } from './wall-tiles.ts';

/** What walls hear, written once for all who see the same: these are one and the same object for all of them. */
export type WallMessage = {
  /** `wall`: everything anew; `news`: what is another than before. */
  readonly event: 'wall' | 'news';
  /** Whoever has heard it knows the wall up to here. */
  readonly version: number;
  /** JSON. */
  readonly text: string;
};

export type WallOpening = {
  readonly first: WallMessage;
  /** What somebody needs to hear who has heard nothing since this version. */
  readonly since: (version: number) => WallMessage;
  readonly leave: () => void;
};

/** The wall as somebody may see it. `known`: what they have heard of already, from this very process. */
export type WallFor = (access: Access, tell: (message: WallMessage) => void, known?: number) => Promise<WallOpening>;

export type WallForDeps = {
  /** All but its name, which the page may change, is said with the whole wall alone. */
  readonly aboutCampaign: () => Pick<WallView, 'campaign' | 'mode' | 'clockScale'>;
  readonly followWall: FollowWall;
  readonly timeline?: LiveTimeline;
  readonly rowsFor: ReturnType<typeof createRowsFor>;
  readonly loadDirectory: () => Promise<Directory>;
  readonly clock: Clock;
  readonly realNow: () => number;
  readonly iso: Iso;
};

type Seeing = { readonly looking: Looking; readonly isRowShown: Awaited<ReturnType<ReturnType<typeof createRowsFor>>> };

/** How long somebody's sight is gone by, real ms: people, posts and items come and go. */
const knownMs = 2_000;

const seesAll = ({ looking, isRowShown }: Seeing): boolean => looking.sight === 'all' && isRowShown === undefined;

/** What walls of one sight are told, and by whom they are followed. */
const createSightWall = async (access: Access, deps: WallForDeps) => {
  const { aboutCampaign, followWall, rowsFor, loadDirectory, clock, realNow, iso, timeline } = deps;
  const followers = new Set<(message: WallMessage) => void>();
  let opening: Promise<Opening> | undefined;
  /** Also those who are still waiting for their first look. */
  let users = 0;
  let whole: WallMessage | undefined;

  const readSight = async (): Promise<Seeing> => ({
    looking: lookingFor(access, 'seeWall', await loadDirectory(), clock.now()),
    isRowShown: await rowsFor(access),
  });
  let [seeing, readAt] = [await readSight(), realNow()];
  const readAgain = (): void => {
    if (seesAll(seeing) || realNow() - readAt < knownMs) return;
    readAt = realNow();
    readSight().then(
      (read) => (seeing = read),
      () => undefined,
    );
  };

  const toRows = (rows: WallNews['rows']): readonly LedgerRowView[] =>
    rows.filter((row) => seeing.isRowShown?.(row) ?? true).map((row) => toLedgerRowView(row, iso));

  const cutHead = ({ at, version, holdersVersion, nextRoundAt, office, counts }: WallNews | LiveWhole) => {
    const { campaign } = aboutCampaign();
    const head = { at, version, holdersVersion, campaign, ...(nextRoundAt === undefined ? {} : { nextRoundAt }) };
    if (seesAll(seeing)) return { ...head, office, counts };
    // how many there are of what is not in sight is nobody's business either; the page counts what it shows
    const none = { ...countColors([]), posts: 0, standing: 0, open: 0 };
    return { ...head, office: office.filter(({ subject }) => seesSubject(seeing.looking, subject)), counts: none };
  };

  const isSeen = ({ subject }: { readonly subject: string }): boolean => seesSubject(seeing.looking, subject);

  /** The last hours as far as they are new since a version; nothing where nothing is. */
  const dayOf = (known: number) => {
    if (!timeline || timeline.version() <= known) return {};
    const { sight } = seeing.looking;
    const { stretches, moments } = timeline.since(known, (unitId) => sight === 'all' || isInSight(sight, unitId));
    const dated = <T extends { readonly at: number }>(list: readonly T[]) => list.map((one) => ({ ...one, at: iso(one.at) }));
    return { timeline: { stretches: dated(stretches), moments: dated(moments) } };
  };

  const toNews = (news: WallNews, known = news.version - 1): WallMessage => {
    const { posts, standing, gone } = news;
    const shown = {
      ...cutHead(news),
      posts: posts.filter(isSeen),
      standing: standing.filter(isSeen),
      gone,
      rows: toRows(news.rows),
      ...dayOf(known),
    };
    return { event: 'news', version: news.version, text: JSON.stringify(shown) };
  };

  /** Texts of tiles are there already: they are only joined. */
  const toWhole = (all: LiveWhole): WallMessage => {
    const list = (tiles: readonly Tile[]): string =>
      tiles
        .filter(({ view }) => isSeen(view))
        .map(({ text }) => text)
        .join();
    const head = JSON.stringify({ ...cutHead(all), ...aboutCampaign(), ...dayOf(0) }).slice(1);
    return { event: 'wall', version: all.version, text: `{"posts":[${list(all.posts)}],"standing":[${list(all.standing)}],${head}` };
  };

  const toNow = ({ whole: read }: Opening): WallMessage => {
    const all = read();
    whole = whole?.version === all.version ? whole : toWhole(all);
    return whole;
  };

  /** Another roster may be one in which somebody sees others. */
  const isOtherBureau = ({ directory }: WallNews): boolean =>
    directory.roster !== seeing.looking.directory.roster || directory.organisation !== seeing.looking.directory.organisation;

  const hear = async (news: WallNews): Promise<void> => {
    const isOther = !seesAll(seeing) && isOtherBureau(news);
    if (isOther) {
      seeing = await readSight();
      whole = undefined;
    }
    readAgain();
    const message = isOther && opening ? toNow(await opening) : toNews(news);
    for (const tell of followers) tell(message);
  };

  const leave = (tell?: (message: WallMessage) => void): void => {
    if (tell) followers.delete(tell);
    users -= 1;
    if (users > 0) return;
    opening?.then(
      (opened) => opened.leave(),
      () => undefined,
    );
    opening = undefined;
  };

  return {
    open: async (tell: (message: WallMessage) => void, known: number | undefined): Promise<WallOpening> => {
      users += 1;
      opening ??= followWall((news) => void hear(news));
      const opened = await opening.catch((error: unknown) => {
        opening = undefined;
        leave();
        throw error;
      });
      const since = (version: number): WallMessage => {
        const news = opened.since(version);
        return news ? toNews(news, version) : toNow(opened);
      };
      followers.add(tell);
      return { first: known === undefined ? toNow(opened) : since(known), since, leave: () => leave(tell) };
    },
    isLeft: (): boolean => users === 0,
  };
};

type SightWall = Awaited<ReturnType<typeof createSightWall>>;

/** Whoever sees the same is told the same words: one sight is looked at once, however many look. */
export const createWallFor = (deps: WallForDeps): WallFor => {
  const sights = new Map<string, Promise<SightWall>>();
  const keyOf = (access: Access): string => {
    const isAll = (['seeWall', 'seeLedger'] as const).every((act) => sightOf(access, act) === 'all');
    return isAll ? 'all' : `${access.personId ?? ''} ${stampOf(access)}`;
  };
  return async (access, tell, known) => {
    const key = keyOf(access);
    const kept = sights.get(key) ?? createSightWall(access, deps);
    sights.set(key, kept);
    const forget = (): void => void (sights.get(key) === kept && sights.delete(key));
    const sight = await kept.catch((error: unknown) => {
      forget();
      throw error;
    });
    const opening = await sight.open(tell, known);
    return {
      ...opening,
      leave: () => {
        opening.leave();
        if (sight.isLeft()) forget();
      },
    };
  };
};
