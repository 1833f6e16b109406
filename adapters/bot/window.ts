import { Fault, isStoreAway } from '../../src/ports/fault.ts';
import type { RateLimits } from '../../src/ports/rate-limits.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What all processes count together; without it each counts for itself. */
    sharedLimits?: RateLimits;
  }
}

type Seen = { since: number; count: number };

/** Names that are remembered at once; the oldest is forgotten first. */
const mostNames = 10_000;

/** In this process alone: how many there have been in the window, this one among them. */
const createOwnWindow = (windowMs: number, realNow: () => number): ((name: string) => number) => {
  const seen = new Map<string, Seen>();
  return (name) => {
    const now = realNow();
    const before = seen.get(name);
    const isOver = before === undefined || now - before.since >= windowMs;
    const entry = isOver ? { since: now, count: 1 } : { since: before.since, count: before.count + 1 };
    seen.delete(name);
    seen.set(name, entry);
    if (seen.size > mostNames) seen.delete(seen.keys().next().value!);
    return entry.count;
  };
};

export type WindowRule = {
  /** Tells windows apart that are counted together. */
  readonly of: string;
  readonly most: number;
  readonly windowMs: number;
  readonly realNow: () => number;
  /** So many pass in each process without a word to the others, where each would cost more than it saves; 0 without it. */
  readonly alone?: number;
};

/**
 * At most `most` of one name in a window of real time: in this process always, and in all processes of the bureau together
 * as long as Redis is there to count. Throws ZG_TOO_OFTEN.
 */
export const createWindow = (
  { of, most, windowMs, realNow, alone = 0 }: WindowRule,
  shared?: RateLimits,
): ((name: string) => Promise<void>) => {
  const countOwn = createOwnWindow(windowMs, realNow);
  const takeShared = async (name: string): Promise<boolean> => {
    if (shared === undefined) return true;
    try {
      return (await shared.take(`http:${of}:${name}`, [{ count: most, perMs: windowMs }])).isTaken;
    } catch (error) {
      if (isStoreAway(error)) return true;
      throw error;
    }
  };
  return async (name) => {
    const count = countOwn(name);
    if (count <= alone) return;
    if (count > most || !(await takeShared(name))) throw new Fault('ZG_TOO_OFTEN');
  };
};
