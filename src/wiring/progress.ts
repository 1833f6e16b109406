/** What must go round for the service to do its work; `delivery` only while something waits for it. */
export type Part = 'sweep' | 'relay' | 'inbox' | 'calendar' | 'delivery';

/** Longer than this without a round is no slowness any more, real ms. */
const longestMs: { readonly [part in Part]: number } = { sweep: 15_000, relay: 15_000, inbox: 30_000, calendar: 30_000, delivery: 60_000 };

const what: { readonly [part in Part]: string } = {
  sweep: 'what is due has not been looked at',
  relay: 'what is to be said has not been looked at',
  inbox: 'what people say has not been looked at',
  calendar: 'the calendar has not been looked at',
  delivery: 'messages wait, and none was worked on',
};

export type Progress = {
  /** A part has gone round once. */
  readonly beat: (part: Part) => void;
  /** Since its last round, or since the start, ms. */
  readonly idleMs: (part: Part) => number;
  /** In words; nothing where everything goes round. `waiting`: messages that wait for a worker. */
  readonly stalled: (waiting: number) => readonly string[];
};

export const parts = Object.keys(longestMs) as readonly Part[];

/** Whether the engine really works: that its loops exist says nothing. */
export const createProgress = (now: () => number = () => performance.now()): Progress => {
  const beganAt = now();
  const last = new Map<Part, number>();
  const idleMs = (part: Part): number => now() - (last.get(part) ?? beganAt);
  return {
    beat: (part) => void last.set(part, now()),
    idleMs,
    stalled: (waiting) => {
      // nothing to do is no standstill
      if (waiting === 0) last.set('delivery', now());
      return parts
        .filter((part) => idleMs(part) > longestMs[part])
        .map((part) => `${what[part]} for ${Math.round(idleMs(part) / 1_000)} seconds`);
    },
  };
};
