/**
 * What could not be decided, shared by every instance. Instants in campaign time, epoch ms. All reject with ZG_STORE_AWAY.
 */
export type Undecided = {
  /** Those of these that nobody has told of yet. */
  untold(ids: readonly string[]): Promise<readonly string[]>;
  /** They have failed now, and were told of. */
  note(ids: readonly string[], at: number): Promise<void>;
  /** How many have failed since then. */
  countSince(at: number): Promise<number>;
};
