/** Chance that can be played again: the same seed and stream give the same numbers, whatever other streams were asked. */
export type Rng = {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both inclusive. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
};

const two32 = 2 ** 32;

/** FNV-1a, for spreading words over 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

/** Mulberry32: small, fast, and good enough to shuffle events. */
export const createRng = (seed: number, stream: string): Rng => {
  let state = hashOf(`${seed} ${stream}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / two32;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { next, between, chance: (share) => next() < share, pick: (list) => list[between(0, list.length - 1)]! };
};
