import { type Directory, shiftAt } from '../../domain/organisation/directory.ts';
import type { SubjectId } from '../../domain/roster/subject.ts';
import type { SubjectBoard } from './subject-board.ts';
import { type Color, contactsOf, type Lookup, type PostView, type StandingView, viewContact, viewPost, worstOf } from './view-wall.ts';

/** A tile as it is shown, with its text: it is written once for everybody, and again when it is another. */
export type Tile<V extends PostView | StandingView = PostView | StandingView> = {
  readonly view: V;
  readonly text: string;
  /** The look that found it like this; see `LiveWhole.version`. */
  readonly version: number;
};

const never = Number.POSITIVE_INFINITY;

/** The first of these instants after `now`. */
const firstAfter = (now: number, instants: Iterable<number | undefined>): number => {
  let first = never;
  for (const at of instants) if (at !== undefined && at > now && at < first) first = at;
  return first;
};

const postChangesAt = (directory: Directory, postId: string, now: number): number => {
  const held = directory.held.get(postId);
  const shift = shiftAt(directory, postId, now);
  if (shift) return firstAfter(now, [shift.to, held?.from]);
  const next = directory.shiftsOf.get(postId)?.find(({ from }) => from > now);
  return firstAfter(now, [next?.from, held?.from]);
};

const contactChangesAt = (directory: Directory, personId: string, now: number): number =>
  firstAfter(
    now,
    (directory.appointmentsOf.get(personId) ?? []).flatMap(({ from, to }) => [from, to]),
  );

/** Whose tile may be another although nothing was said of them: a new roster is about all, a handover about its posts. */
const touchedBy = (before: Directory, after: Directory): ReadonlySet<SubjectId> | 'all' => {
  if (before === after) return new Set();
  const isSame = before.roster === after.roster && before.people === after.people && before.units === after.units;
  if (!isSame) return 'all';
  const isOther = (post: SubjectId): boolean => JSON.stringify(before.held.get(post)) !== JSON.stringify(after.held.get(post));
  return new Set([...before.held.keys(), ...after.held.keys()].filter(isOther));
};

type Changed = {
  readonly posts: readonly PostView[];
  readonly standing: readonly StandingView[];
  readonly gone: readonly SubjectId[];
  /** Other people may stand elsewhere than before. */
  readonly isReordered: boolean;
};

/**
 * All tiles of a wall, kept up with what moves. A look costs what has moved since the last: shifts and terms that begin or
 * end without a word are known ahead, tile by tile.
 */
export const createWallTiles = (board: SubjectBoard, parts: Pick<Lookup, 'policyOf' | 'iso'>) => {
  const posts = new Map<SubjectId, Tile<PostView>>();
  const standing = new Map<SubjectId, Tile<StandingView>>();
  const changesAt = new Map<SubjectId, number>();
  let earliestAt = never;
  let seen: { readonly directory: Directory; readonly now: number } | undefined;
  const lookup: Lookup = {
    worst: { get: (subject) => worstOf(board.openOf(subject)).get(subject) },
    watches: board.watches,
    ...parts,
  };

  const keep = <V extends PostView | StandingView>(tiles: Map<SubjectId, Tile<V>>, view: V, version: number): readonly V[] => {
    const text = JSON.stringify(view);
    if (tiles.get(view.subject)?.text === text) return [];
    tiles.set(view.subject, { view, text, version });
    return [view];
  };

  const plan = (subject: SubjectId, at: number): void => {
    changesAt.set(subject, at);
    if (at < earliestAt) earliestAt = at;
  };

  const takePost = (directory: Directory, subject: SubjectId, now: number, version: number): readonly PostView[] => {
    const post = directory.posts.get(subject);
    if (!post) return [];
    plan(subject, postChangesAt(directory, subject, now));
    return keep(posts, viewPost(directory, post, lookup, now), version);
  };

  const takeContact = (directory: Directory, subject: SubjectId, now: number, version: number): readonly StandingView[] => {
    if (!directory.people.has(subject) || !board.watches.has(subject)) return [];
    plan(subject, contactChangesAt(directory, subject, now));
    return keep(standing, viewContact(directory, subject, lookup, now), version);
  };

  /** A tile that is nobody's any more. */
  const dropGone = (directory: Directory, subjects: Iterable<SubjectId>): readonly SubjectId[] => {
    const gone: SubjectId[] = [];
    for (const subject of subjects) {
      const isPostGone = posts.has(subject) && !directory.posts.has(subject);
      const isContactGone = standing.has(subject) && !(directory.people.has(subject) && board.watches.has(subject));
      if (!isPostGone && !isContactGone) continue;
      posts.delete(subject);
      standing.delete(subject);
      changesAt.delete(subject);
      gone.push(subject);
    }
    return gone;
  };

  const dueAt = (now: number): readonly SubjectId[] => {
    if (now < earliestAt) return [];
    const due: SubjectId[] = [];
    earliestAt = never;
    for (const [subject, at] of changesAt) {
      if (at <= now) due.push(subject);
      else if (at < earliestAt) earliestAt = at;
    }
    return due;
  };

  const changeOf = (directory: Directory, subjects: readonly SubjectId[], now: number, version: number): Omit<Changed, 'isReordered'> => ({
    posts: subjects.flatMap((subject) => takePost(directory, subject, now, version)),
    standing: subjects.flatMap((subject) => takeContact(directory, subject, now, version)),
    gone: dropGone(directory, subjects),
  });

  const everybody = (directory: Directory): readonly SubjectId[] => [
    ...new Set([
      ...directory.roster.posts.map(({ id }) => id),
      ...contactsOf(directory, board.watches),
      ...posts.keys(),
      ...standing.keys(),
    ]),
  ];

  return {
    posts: posts as ReadonlyMap<SubjectId, Tile<PostView>>,
    standing: standing as ReadonlyMap<SubjectId, Tile<StandingView>>,
    /** What has become another; `moved`: of whom something is new. */
    update: (directory: Directory, moved: ReadonlySet<SubjectId> | 'all', now: number, version: number): Changed => {
      // a clock that was set back: what was planned ahead of it is worth nothing
      const touched = seen && now >= seen.now ? touchedBy(seen.directory, directory) : 'all';
      seen = { directory, now };
      const isAll = moved === 'all' || touched === 'all';
      const due = dueAt(now);
      const isReordered = isAll || touched.size + due.length > 0;
      const subjects = isAll ? everybody(directory) : [...new Set([...moved, ...touched, ...due])];
      return { ...changeOf(directory, subjects, now, version), isReordered };
    },
    colors: function* colors(): Iterable<{ readonly color: Color }> {
      for (const { view } of posts.values()) yield view;
      for (const { view } of standing.values()) yield view;
    },
  };
};
