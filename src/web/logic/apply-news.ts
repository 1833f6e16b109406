import type { Subject, Wall, WallNews } from '../data/types.ts';

/** More tiles than this nobody reads; the service sends no more of a whole wall either. */
const mostKept = 1_000;

const merge = <T extends Subject>(before: readonly T[], news: readonly T[], gone: ReadonlySet<string>): readonly T[] => {
  if (news.length === 0 && gone.size === 0) return before;
  const fresh = new Map(news.map((tile) => [tile.subject, tile]));
  const kept = before.filter(({ subject }) => !gone.has(subject)).map((tile) => fresh.get(tile.subject) ?? tile);
  const known = new Set(before.map(({ subject }) => subject));
  const all = [...kept, ...news.filter(({ subject }) => !known.has(subject))];
  if (all.length <= mostKept) return all;
  // room is made by what is calm
  const calm = new Set(all.filter(({ color }) => color === 'green').slice(mostKept - all.length));
  return all.filter((tile) => !calm.has(tile)).slice(0, mostKept);
};

/** The wall with what is new on it. Applied twice, it is the same. */
export const applyNews = (wall: Wall, { posts, standing, gone, rows: _, ...rest }: WallNews): Wall => {
  const leaving = new Set(gone);
  return { ...wall, ...rest, posts: merge(wall.posts, posts, leaving), standing: merge(wall.standing, standing, leaving) };
};
