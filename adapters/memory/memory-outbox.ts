import type { Notice } from '../../src/domain/escalation/notice.ts';
import { asPlain } from './as-plain.ts';
import type { Outbox, OutboxEntry } from '../../src/ports/outbox.ts';

type Held = { readonly entry: OutboxEntry; takenBy: string | undefined };

/** The outbox as a list: same promises as the stream, without waiting for what is not there yet. */
export type MemoryOutbox = Outbox & {
  readonly put: (notices: readonly Notice[], bundledFor?: string) => void;
  /** The consumer died: what it had taken and not finished comes back. */
  readonly giveBack: (consumer?: string) => void;
  readonly size: () => number;
  /** Puts everything that is not finished here into another outbox. */
  readonly copyTo: (other: MemoryOutbox) => void;
};

export const createMemoryOutbox = (): MemoryOutbox => {
  const entries = new Map<string, Held>();
  let last = 0;
  return {
    put: (notices, bundledFor) => {
      last += 1;
      const entryId = `${last}-0`;
      // A copy, as a stream would keep it: nobody can change afterwards what has been said.
      entries.set(entryId, {
        entry: { entryId, notices: asPlain(notices), ...(bundledFor === undefined ? {} : { bundledFor }) },
        takenBy: undefined,
      });
    },
    take: async (consumer, limit) => {
      const taken: OutboxEntry[] = [];
      for (const held of entries.values()) {
        if (taken.length >= limit) break;
        if (held.takenBy !== undefined) continue;
        held.takenBy = consumer;
        taken.push(held.entry);
      }
      return taken;
    },
    done: async (entryIds) => {
      for (const entryId of entryIds) entries.delete(entryId);
    },
    giveBack: (consumer) => {
      for (const held of entries.values()) if (consumer === undefined || held.takenBy === consumer) held.takenBy = undefined;
    },
    size: () => entries.size,
    copyTo: (other) => {
      for (const { entry } of entries.values()) other.put(entry.notices, entry.bundledFor);
    },
  };
};
