import type { Directory } from '../../domain/organisation/directory.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { LiveTimeline } from './live-timeline.ts';
import type { PolicyOf } from './view-obligations.ts';
import { idKey, type Iso } from './view-page.ts';
import type { SubjectBoard } from './subject-board.ts';
import { countColors, isAboutOffice, type PostView, type StandingView, viewOffice, type WallView } from './view-wall.ts';
import { createWallTiles, type Tile } from './wall-tiles.ts';

type Head = Pick<WallView, 'at' | 'nextRoundAt' | 'office' | 'counts'> & {
  /** Grows with each look that finds something; what somebody knows is told by the last that they have heard of. */
  readonly version: number;
  /** The version since which everybody stands where they stand. */
  readonly holdersVersion: number;
};

/** What is new on the wall: whoever applies one after the other to a whole wall has the wall as it is. */
export type WallNews = Head & {
  readonly directory: Directory;
  /** Those that are another than before, whole. */
  readonly posts: readonly PostView[];
  readonly standing: readonly StandingView[];
  readonly gone: readonly SubjectId[];
  /** The newest rows of the ledger; in a rush not all of them. */
  readonly rows: readonly LedgerRow[];
};

/** The wall as it stands. */
export type LiveWhole = Head & {
  readonly directory: Directory;
  /** In the roster's order. */
  readonly posts: readonly Tile<PostView>[];
  readonly standing: readonly Tile<StandingView>[];
};

export type LiveWallDeps = {
  readonly board: SubjectBoard;
  readonly loadDirectory: () => Promise<Directory>;
  readonly clock: Clock;
  readonly realNow: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly policyOf: PolicyOf;
  readonly iso: Iso;
  readonly nextRoundAt?: (now: number) => number | undefined;
  /** Another object where the campaign has been changed: what comes next may be another for everybody. */
  readonly rules?: () => unknown;
  readonly timeline?: LiveTimeline;
  readonly log: Log;
};

/** Between two looks, ms: soon enough to be seen at once, and rare enough to join what comes in a rush. */
const lookMs = 60;
/** A look that took long is followed by a longer rest, ms; never so long that somebody would notice. */
const longestRestMs = 120;
/** Looks take about this share of a process's time at most. */
const mostShare = 0.25;
/** Silence longer than this means a lost connection, ms. */
const beatMs = 1_500;
/** Of a rush the page shows the newest; more of them would only be carried to every wall. */
const mostRows = 40;
/** Whoever has missed more than so many looks hears the whole wall. */
const looksKept = 400;

type Follower = (news: WallNews) => void;

/** Follows the wall from `whole` on. */
export type Opening = {
  readonly whole: () => LiveWhole;
  /** What is new since somebody heard of this version; undefined where that is too long ago. */
  readonly since: (version: number) => WallNews | undefined;
  readonly leave: () => void;
};

/** The wall as it moves, for any number of followers: one look serves all of them, and nobody looks while nobody follows. */
export const createLiveWall = (deps: LiveWallDeps) => {
  const { board, loadDirectory, clock, realNow, pause, policyOf, iso, nextRoundAt, rules, timeline, log } = deps;
  const followers = new Set<Follower>();
  const tiles = createWallTiles(board, { policyOf, iso });
  /** What each of the last looks took away and read. */
  const past: { readonly version: number; readonly gone: readonly SubjectId[]; readonly rows: readonly LedgerRow[] }[] = [];
  let head: (Head & { readonly directory: Directory }) | undefined;
  let isRunning = false;
  let looking: Promise<unknown> = Promise.resolve();
  let saidAt = 0;
  let rulesSeen = rules?.();

  const headOf = (directory: Directory, now: number, version: number, isReordered: boolean) => {
    const next = nextRoundAt?.(now);
    const lookup = { policyOf, iso };
    return {
      at: iso(now),
      version,
      holdersVersion: isReordered ? version : (head?.holdersVersion ?? version),
      directory,
      ...(next === undefined ? {} : { nextRoundAt: iso(next) }),
      office: [...board.open.values()].filter(isAboutOffice).map((o) => viewOffice(directory, o, lookup, now)),
      counts: { ...countColors(tiles.colors()), posts: tiles.posts.size, standing: tiles.standing.size, open: board.open.size },
    };
  };

  const look = async (): Promise<void> => {
    const { subjects, rows } = await board.catchUp();
    const directory = await loadDirectory();
    const now = clock.now();
    const version = (head?.version ?? 0) + 1;
    const isSameRules = rules?.() === rulesSeen;
    rulesSeen = rules?.();
    const { isReordered, ...changed } = tiles.update(directory, isSameRules ? subjects : 'all', now, version);
    const isDayNew = (await timeline?.settle(version)) ?? false;
    const isNews = isReordered || isDayNew || changed.posts.length + changed.standing.length + changed.gone.length + rows.length > 0;
    if (!isNews && realNow() - saidAt < beatMs) return;
    saidAt = realNow();
    head = headOf(directory, now, version, isReordered);
    const newest = rows.slice(-mostRows);
    past.push({ version, gone: changed.gone, rows: newest });
    if (past.length > looksKept) past.splice(0, looksKept / 2);
    const news: WallNews = { ...head, ...changed, rows: newest };
    for (const tell of followers) tell(news);
  };

  /** One after the other: what one has read from the ledger the next does not read again. */
  const lookNext = async (): Promise<void> => {
    const mine = looking.catch(() => undefined).then(look);
    looking = mine;
    await mine;
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    while (followers.size > 0) {
      const beganAt = realNow();
      await lookNext().catch((error: unknown) => log.warn({ error: String(error) }, 'the wall cannot be followed'));
      const tookMs = realNow() - beganAt;
      await pause(Math.min(longestRestMs, Math.max(lookMs, tookMs / mostShare - tookMs)));
    }
    isRunning = false;
  };

  const whole = (): LiveWhole => {
    const known = head!;
    const posts = known.directory.roster.posts.flatMap(({ id }) => tiles.posts.get(id) ?? []);
    const standing = [...tiles.standing.values()].sort((a, b) => (idKey(a.view.subject) < idKey(b.view.subject) ? -1 : 1));
    return { ...known, posts, standing };
  };

  const since = (version: number): WallNews | undefined => {
    const missed = past.filter((one) => one.version > version);
    if (version > head!.version || missed.length !== head!.version - version) return undefined;
    const isNewer = (tile: Tile): boolean => tile.version > version;
    return {
      ...head!,
      posts: [...tiles.posts.values()].filter(isNewer).map(({ view }) => view),
      standing: [...tiles.standing.values()].filter(isNewer).map(({ view }) => view),
      gone: missed.flatMap(({ gone }) => gone).filter((subject) => !tiles.posts.has(subject) && !tiles.standing.has(subject)),
      rows: missed.flatMap(({ rows }) => rows).slice(-mostRows),
    };
  };

  /** `tell` is called with each news from now on. Rejects where the wall can't be read. */
  return async (tell: Follower): Promise<Opening> => {
    if (!isRunning || !head) await lookNext();
    followers.add(tell);
    if (!isRunning) void run();
    return { whole, since, leave: () => void followers.delete(tell) };
  };
};

export type FollowWall = ReturnType<typeof createLiveWall>;
