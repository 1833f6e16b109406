import type { Inbox, InboundMessage, InboxEntry } from '../../src/ports/inbox.ts';

type Held = { readonly message: InboundMessage; attempts: number; takenBy: string | undefined };

/** The inbox as a list. `settle` is what the commit does to an entry: true the first time, never again. */
export type MemoryInbox = Inbox & {
  readonly settle: (entryId: string) => boolean;
  /** The consumer died, or has been silent for too long: what it had taken comes back. */
  readonly giveBack: (consumer?: string) => void;
  readonly aside: readonly { readonly message: InboundMessage; readonly reason: string }[];
};

export const createMemoryInbox = (): MemoryInbox => {
  const entries = new Map<string, Held>();
  const seen = new Set<string>();
  const aside: { readonly message: InboundMessage; readonly reason: string }[] = [];
  let last = 0;
  const settle = (entryId: string): boolean => {
    // Whoever had it first may settle it still, as long as nobody else has.
    if ((entries.get(entryId)?.attempts ?? 0) === 0) return false;
    return entries.delete(entryId);
  };
  return {
    aside,
    settle,
    put: async (message) => {
      const key = `${message.channel}:${message.id}`;
      if (seen.has(key)) return false;
      seen.add(key);
      last += 1;
      entries.set(`${last}-0`, { message, attempts: 0, takenBy: undefined });
      return true;
    },
    take: async (consumer, limit) => {
      const found: InboxEntry[] = [];
      for (const [entryId, held] of entries) {
        if (found.length >= limit) break;
        if (held.takenBy !== undefined) continue;
        held.takenBy = consumer;
        held.attempts += 1;
        found.push({ entryId, attempts: held.attempts, message: held.message });
      }
      return found;
    },
    hold: async () => {},
    setAside: async (entry, reason) => {
      if (settle(entry.entryId)) aside.push({ message: entry.message, reason });
    },
    giveBack: (consumer) => {
      for (const held of entries.values()) if (consumer === undefined || held.takenBy === consumer) held.takenBy = undefined;
    },
  };
};
