import type { Directory } from '../../domain/organisation/directory.ts';
import type { LedgerRow } from '../../domain/ledger/event.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { PolicyOf } from './view-obligations.ts';
import type { Iso } from './view-page.ts';
import type { SubjectBoard } from './subject-board.ts';
import {
  contactsOf,
  countColors,
  isAboutOffice,
  type Lookup,
  type PostView,
  type StandingView,
  viewContact,
  viewOffice,
  viewPost,
  type WallView,
  worstOf,
} from './view-wall.ts';

/** What is new on the wall: whoever applies one after the other to a whole wall has the wall as it is. */
export type WallNews = Pick<WallView, 'at' | 'nextRoundAt' | 'office' | 'counts'> & {
  /** Those that are another than before, whole. */
  readonly posts: readonly PostView[];
  readonly standing: readonly StandingView[];
  readonly gone: readonly SubjectId[];
  /** The newest rows of the ledger; in a rush not all of them. */
  readonly rows: readonly LedgerRow[];
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
  readonly log: Log;
};

/** Between two looks, ms: soon enough to be seen at once, and rare enough to join what comes in a rush. */
const lookMs = 60;
/** No look takes more than this share of a process's time. */
const mostShare = 0.1;
/** Shifts change and limits pass without a row: every tile is looked at again this often, ms. */
const wholeEveryMs = 2_000;
/** Silence longer than this means a lost connection, ms. */
const beatMs = 1_500;

type Follower = (news: WallNews) => void;

/** The wall as it moves, for any number of followers: one look serves all of them, and nobody looks while nobody follows. */
export const createLiveWall = (deps: LiveWallDeps) => {
  const { board, loadDirectory, clock, realNow, pause, policyOf, iso, nextRoundAt, log } = deps;
  const followers = new Set<Follower>();
  const shown = new Map<SubjectId, { readonly text: string; readonly color: PostView['color'] }>();
  let isLooking = false;
  let wholeAt = 0;
  let saidAt = 0;

  const lookupOf = (): Lookup => ({
    worst: { get: (subject) => worstOf(board.openOf(subject)).get(subject) },
    watches: board.watches,
    policyOf,
    iso,
  });

  const fresh = <T extends PostView | StandingView>(views: readonly T[]): readonly T[] =>
    views.filter((view) => {
      const text = JSON.stringify(view);
      if (shown.get(view.subject)?.text === text) return false;
      shown.set(view.subject, { text, color: view.color });
      return true;
    });

  const forgetGone = (directory: Directory): readonly SubjectId[] => {
    const gone = [...shown.keys()].filter((subject) => !directory.posts.has(subject) && !board.watches.has(subject));
    for (const subject of gone) shown.delete(subject);
    return gone;
  };

  /** Those of `moved`, or everybody. */
  const tilesOf = (directory: Directory, moved: ReadonlySet<SubjectId> | 'all', now: number) => {
    const lookup = lookupOf();
    const isContact = (subject: SubjectId): boolean => directory.people.has(subject) && board.watches.has(subject);
    const posts = moved === 'all' ? directory.roster.posts : [...moved].flatMap((id) => directory.posts.get(id) ?? []);
    const contacts = moved === 'all' ? contactsOf(directory, board.watches) : [...moved].filter(isContact);
    return {
      posts: fresh(posts.map((post) => viewPost(directory, post, lookup, now))),
      standing: fresh(contacts.map((subject) => viewContact(directory, subject, lookup, now))),
      gone: moved === 'all' ? forgetGone(directory) : [],
      office: [...board.open.values()].filter(isAboutOffice).map((o) => viewOffice(directory, o, lookup)),
    };
  };

  const countsOf = (directory: Directory): WallView['counts'] => ({
    ...countColors(shown.values()),
    posts: directory.roster.posts.length,
    standing: shown.size - directory.roster.posts.length,
    open: board.open.size,
  });

  const look = async (): Promise<WallNews | undefined> => {
    const { subjects, rows } = await board.catchUp();
    const directory = await loadDirectory();
    const now = clock.now();
    const isWhole = subjects === 'all' || realNow() - wholeAt >= wholeEveryMs;
    if (isWhole) wholeAt = realNow();
    const tiles = tilesOf(directory, isWhole ? 'all' : subjects, now);
    const isNews = tiles.posts.length + tiles.standing.length + tiles.gone.length + rows.length > 0;
    if (!isNews && realNow() - saidAt < beatMs) return undefined;
    saidAt = realNow();
    const next = nextRoundAt?.(now);
    return { at: iso(now), ...(next === undefined ? {} : { nextRoundAt: iso(next) }), ...tiles, counts: countsOf(directory), rows };
  };

  const run = async (): Promise<void> => {
    isLooking = true;
    while (followers.size > 0) {
      const beganAt = realNow();
      try {
        const news = await look();
        if (news) for (const tell of followers) tell(news);
      } catch (error) {
        log.warn({ error: String(error) }, 'the wall cannot be followed');
      }
      const tookMs = realNow() - beganAt;
      await pause(Math.max(lookMs, tookMs / mostShare - tookMs));
    }
    isLooking = false;
  };

  /** `tell` is called with each news until the answer is called. The first may hold everything. */
  return (tell: Follower): (() => void) => {
    followers.add(tell);
    if (!isLooking) void run();
    return () => void followers.delete(tell);
  };
};

export type FollowWall = ReturnType<typeof createLiveWall>;
