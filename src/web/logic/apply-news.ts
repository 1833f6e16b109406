import type { Subject, Wall, WallNews } from '../data/types.ts';
import { joinTimeline } from './timeline.ts';

/** The service sends no more of a whole wall either. */
const mostKept = 20_000;

/** Where each tile stands in a list; a list that only has other tiles in the same places has the same. */
const places = new WeakMap<readonly Subject[], ReadonlyMap<string, number>>();

const placesOf = (tiles: readonly Subject[]): ReadonlyMap<string, number> => {
  const known = places.get(tiles) ?? new Map(tiles.map(({ subject }, index) => [subject, index]));
  places.set(tiles, known);
  return known;
};

const replace = <T extends Subject>(before: readonly T[], news: readonly T[]): readonly T[] => {
  const at = placesOf(before);
  const after = [...before];
  const added: T[] = [];
  for (const tile of news) {
    const index = at.get(tile.subject);
    if (index === undefined) added.push(tile);
    else after[index] = tile;
  }
  if (added.length === 0) places.set(after, at);
  return added.length === 0 ? after : [...after, ...added];
};

const merge = <T extends Subject>(before: readonly T[], news: readonly T[], gone: ReadonlySet<string>): readonly T[] => {
  if (news.length === 0 && gone.size === 0) return before;
  const kept = gone.size === 0 ? before : before.filter(({ subject }) => !gone.has(subject));
  const all = replace(kept, news);
  if (all.length <= mostKept) return all;
  // room is made by what is calm
  const calm = new Set(all.filter(({ color }) => color === 'green').slice(mostKept - all.length));
  return all.filter((tile) => !calm.has(tile)).slice(0, mostKept);
};

/** The wall with what is new on it. Applied twice, it is the same. */
export const applyNews = (wall: Wall, { posts, standing, gone, rows: _rows, timeline, ...rest }: WallNews): Wall => {
  const leaving = new Set(gone);
  const day = timeline ? joinTimeline(wall.timeline, timeline, rest.at) : wall.timeline;
  return {
    ...wall,
    ...rest,
    ...(day ? { timeline: day } : {}),
    posts: merge(wall.posts, posts, leaving),
    standing: merge(wall.standing, standing, leaving),
  };
};
