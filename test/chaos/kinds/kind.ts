import type { ChaosStage } from '../stage.ts';
import type { RedisStand } from '../stands/stand.ts';

/** What was survived, by its name: `{ 'instances held': 3 }`. */
export type Survived = Readonly<Record<string, number>>;

export type Torment<S extends RedisStand> = {
  readonly stage: ChaosStage<S>;
  readonly chance: () => number;
  /** How long it goes on; something happens at least once, however short that is. */
  readonly forMs: number;
};

/** One way in which things break. Everything is up again when it resolves; what it finds wrong by itself it throws. */
export type Kind<S extends RedisStand> = {
  readonly name: string;
  readonly torment: (torment: Torment<S>) => Promise<Survived>;
};

/** Does it again until the time is over, and at least so often. Answers how often. */
export const again = async (forMs: number, atLeast: number, once: () => Promise<unknown>): Promise<number> => {
  const beganAt = performance.now();
  let times = 0;
  for (; times < atLeast || performance.now() - beganAt < forMs; times++) await once();
  return times;
};
