import { Fault } from '../../src/ports/fault.ts';

type Seen = { since: number; count: number };

/** Names that are remembered at once; the oldest is forgotten first. */
const mostNames = 10_000;

/** At most `most` of one name in a window of real time, in this process. Throws ZG_TOO_OFTEN. */
export const createWindow = (most: number, windowMs: number, realNow: () => number): ((name: string) => void) => {
  const seen = new Map<string, Seen>();
  return (name) => {
    const now = realNow();
    const before = seen.get(name);
    const isOver = before === undefined || now - before.since >= windowMs;
    const entry = isOver ? { since: now, count: 1 } : { since: before.since, count: before.count + 1 };
    seen.delete(name);
    seen.set(name, entry);
    if (seen.size > mostNames) seen.delete(seen.keys().next().value!);
    if (entry.count > most) throw new Fault('ZG_TOO_OFTEN');
  };
};
