import type { Addressed } from '../bot/platform-directory.ts';

const inSlices = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

/** The same words to many, nobody twice in one call. */
export const toBatches = (addressed: readonly Addressed[], size: number): readonly (readonly Addressed[])[] => {
  const left = new Map<string, Addressed[][]>();
  for (const one of addressed) {
    const rounds = left.get(one.message.text) ?? [];
    left.set(one.message.text, rounds);
    const round = rounds.find((members) => members.every(({ account }) => account !== one.account));
    if (round) round.push(one);
    else rounds.push([one]);
  }
  return [...left.values()].flat().flatMap((members) => inSlices(members, size));
};
