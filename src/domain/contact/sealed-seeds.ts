import type { LedgerEvent } from '../ledger/event.ts';

/** Local date to the SHA-256 of its seed (hex), for the days whose seed is sealed and not yet shown. */
export type SealedSeeds = ReadonlyMap<string, string>;

/** What an event makes of the sealed seeds. */
export const evolveSeeds = (seeds: SealedSeeds, { event, data }: LedgerEvent): SealedSeeds => {
  if (event !== 'SeedSealed' && event !== 'SeedRevealed') return seeds;
  const next = new Map(seeds);
  if (event === 'SeedSealed') next.set(data['date'] as string, data['sha256'] as string);
  else next.delete(data['date'] as string);
  return next;
};
