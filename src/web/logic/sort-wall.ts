import { type Color, type Subject, colors } from '../data/types.ts';

const rankOf = (color: Color): number => colors.indexOf(color);

/** Trouble first: the worst, and of the same kind the one whose next step comes soonest. Otherwise the given order stays. */
export const sortWall = <T extends Subject>(subjects: readonly T[]): T[] =>
  subjects.toSorted((a, b) => rankOf(a.color) - rankOf(b.color) || nextOf(a) - nextOf(b));

const nextOf = ({ obligation }: Subject): number => (obligation?.nextAt ? Date.parse(obligation.nextAt) : Number.MAX_SAFE_INTEGER);

export const isTrouble = ({ color }: Subject): boolean => color !== 'green';

export const countColors = (subjects: readonly Subject[]): { readonly [color in Color]: number } => {
  const counts = { green: 0, waiting: 0, escalated: 0, empty: 0, missed: 0 };
  for (const { color } of subjects) counts[color] += 1;
  return counts;
};

/** What turned worse between two walls, for readers who hear the page. */
export const worsened = (before: readonly Subject[], after: readonly Subject[]): string[] => {
  const known = new Map(before.map(({ subject, color }) => [subject, color]));
  return after.filter(({ subject, color }) => rankOf(color) < rankOf(known.get(subject) ?? color)).map(({ subject }) => subject);
};
