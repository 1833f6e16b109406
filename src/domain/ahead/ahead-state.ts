import type { PersonId } from '../organisation/organisation.ts';

/** What has been said ahead of shifts: one for the whole campaign, decided by compare-and-set. Epoch ms. */
export type AheadState = {
  /** Everything due up to and including this instant has been said. */
  readonly throughAt: number;
  /** The campaign whose roster was looked at. */
  readonly version: number;
  /** A look that is not through yet: people after `after`, by id, are still to come. */
  readonly cursor?: { readonly now: number; readonly after: PersonId; readonly isWhole: boolean; readonly version: number };
  /** Tests of comings that have not begun. */
  readonly tests: { readonly [personId: PersonId]: ReachTest };
};

export type ReachTest = {
  /** When the coming begins. */
  readonly from: number;
  readonly deadlineAt: number;
  readonly obligationId: string;
  /** It was looked at after its limit: answered, or listed to the office. */
  readonly isSettled?: true;
  /** It was answered and the shift became another's: whoever gets it back needs no second test. */
  readonly isAnswered?: true;
  /** When comings begin that were answered for before this one and became another's: they may come back too. */
  readonly answeredFor?: readonly number[];
};

/** When comings begin for which somebody has given a sign of life already, whoever has them now. */
export const answeredIn = (test: Pick<ReachTest, 'from' | 'isAnswered' | 'answeredFor'> | undefined): readonly number[] =>
  test === undefined ? [] : [...(test.answeredFor ?? []), ...(test.isAnswered ? [test.from] : [])];
