import { type Color, type Subject, colors } from '../data/types.ts';

const rankOf = (color: Color): number => colors.indexOf(color);

/** Trouble first: the worst, and of the same kind the one whose next step comes soonest. Otherwise the given order stays. */
export const sortWall = <T extends Subject>(subjects: readonly T[]): T[] =>
  subjects
    .map((subject) => ({ subject, rank: rankOf(subject.color), next: nextOf(subject) }))
    .sort((a, b) => a.rank - b.rank || a.next - b.next)
    .map(({ subject }) => subject);

const nextOf = ({ obligation }: Subject): number => (obligation?.nextAt ? Date.parse(obligation.nextAt) : Number.MAX_SAFE_INTEGER);

/** As it is shown: what nobody has been heard of yet is no trouble, and proven by nothing. */
export type Shade = Color | 'unproven';
export const shades: readonly Shade[] = [...colors.slice(0, -1), 'unproven', 'green'];
export const shadeOf = ({ color, lastContactAt }: Subject): Shade => (color === 'green' && lastContactAt === null ? 'unproven' : color);

export const isTrouble = ({ color }: Subject): boolean => color !== 'green';

export const countShades = (subjects: readonly Subject[]): { readonly [shade in Shade]: number } => {
  const counts = { green: 0, unproven: 0, waiting: 0, escalated: 0, empty: 0, missed: 0 };
  for (const subject of subjects) counts[shadeOf(subject)] += 1;
  return counts;
};

/** What turned worse between two walls, for readers who hear the page. Tiles that nothing is new about are the same objects. */
export const worsened = <T extends Subject>(before: readonly T[], after: readonly T[]): T[] => {
  const changed = after.filter((tile, index) => tile !== before[index]);
  if (changed.length === 0) return [];
  const known = new Map(before.map(({ subject, color }) => [subject, color]));
  return changed.filter(({ subject, color }) => rankOf(color) < rankOf(known.get(subject) ?? color));
};

/** More tiles than this of one kind nobody reads from where a wall is looked at: calm ones are then summed up by unit. */
export const mostTiles = 150;

type Grouped<T> = { readonly unit: string; readonly tiles: readonly T[] };

/** By unit, in the order in which they come. */
export const groupByUnit = <T extends { readonly unit: string }>(tiles: readonly T[]): readonly Grouped<T>[] =>
  [...Map.groupBy(tiles, ({ unit }) => unit)].map(([unit, own]) => ({ unit, tiles: own }));
