/** Whether a platform answers: what is under way, and when it was last heard. */
export type Pulse = {
  /** Somebody waits for the platform; the answer says that they do no longer. */
  readonly begin: () => (isHeard: boolean) => void;
  /** For how long somebody has waited by now while nobody has heard a word; 0 where nobody waits. Real ms. */
  readonly silentForMs: () => number;
  /** Calls in a row that were waited for and ended without a word: since one was heard. */
  readonly unheard: () => number;
};

/** A connection that breaks at once says something: whoever called knows, and calls again. Real ms. */
const waitedMs = 1_000;

export const createPulse = (now: () => number = () => performance.now()): Pulse => {
  const waiting = new Map<symbol, number>();
  let heardAt = Number.NEGATIVE_INFINITY;
  let unheard = 0;
  return {
    begin: () => {
      const key = Symbol('call');
      const begunAt = now();
      waiting.set(key, begunAt);
      return (isHeard) => {
        waiting.delete(key);
        if (isHeard) [heardAt, unheard] = [now(), 0];
        else if (now() - begunAt >= waitedMs) unheard += 1;
      };
    },
    unheard: () => unheard,
    silentForMs: () => {
      // in the order in which they began
      const [first] = waiting.values();
      return first === undefined ? 0 : Math.max(0, now() - Math.max(first, heardAt));
    },
  };
};
