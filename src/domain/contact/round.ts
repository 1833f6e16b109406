/** Checks asked at one instant, seen together. */
export type Round = {
  /** `r` and the slot's minutes since 1970 in base 36, a letter for who asked. */
  readonly id: string;
  readonly cause: 'round' | 'manual';
  readonly target: 'posts' | 'standing';
  /** Subjects by name where it is not all of them. */
  readonly subjects?: readonly string[];
  readonly openedAt: number;
  readonly openedBy?: string;
  readonly phase: 'opening' | 'waiting' | 'closed';
  readonly asked: number;
  /** Most of it was silent together: the channel is asked before the people are blamed. */
  readonly isMassFailure: boolean;
};
