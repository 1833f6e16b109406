/** Whether a platform answers: what is under way, and when it was last heard. */
export type Pulse = {
  /** Somebody waits for the platform; the answer says that they do no longer. */
  readonly begin: () => (isHeard: boolean) => void;
  /** For how long somebody has waited by now while nobody has heard a word; 0 where nobody waits. Real ms. */
  readonly silentForMs: () => number;
  /** Calls that ended without a word, all told. */
  readonly unheard: () => number;
};

export const createPulse = (now: () => number = () => performance.now()): Pulse => {
  const waiting = new Map<symbol, number>();
  let heardAt = Number.NEGATIVE_INFINITY;
  let unheard = 0;
  return {
    begin: () => {
      const key = Symbol('call');
      waiting.set(key, now());
      return (isHeard) => {
        waiting.delete(key);
        if (isHeard) heardAt = now();
        else unheard += 1;
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
