import type { LedgerEvent } from '../ledger/event.ts';

/** Checks asked at one instant, seen together. */
export type Round = {
  readonly id: string;
  readonly cause: 'round' | 'manual' | 'restart';
  readonly target: 'posts' | 'standing';
  /** Subjects by id where it is not all of them. */
  readonly subjects?: readonly string[];
  /** Only those posts to which the rules for a visit of the inspection team apply, or only the others; all where absent. */
  readonly where?: 'onSite' | 'elsewhere';
  readonly openedAt: number;
  readonly openedBy?: string;
  readonly phase: 'opening' | 'waiting' | 'closed';
  /** Most of it was silent together: the channel is looked at before the people are blamed. */
  readonly isMassFailure: boolean;
  readonly asked: number;
};

/** The same target, instant and asker give the same id: a round that is opened twice is opened once. */
export const roundIdOf = (target: Round['target'], openedAt: number, openedBy?: string): string =>
  `r${target === 'posts' ? 'p' : 's'}${openedAt.toString(36)}${openedBy === undefined ? '' : `.${openedBy}`}`;

export const openRound = (round: Omit<Round, 'id' | 'phase' | 'isMassFailure' | 'asked'>, now: number): LedgerEvent => {
  const { openedBy, ...rest } = round;
  const id = roundIdOf(round.target, round.openedAt, openedBy);
  return { at: now, event: 'RoundOpened', ...(openedBy === undefined ? {} : { actor: openedBy }), data: { roundId: id, ...rest } };
};

export const evolveRound = (round: Round | undefined, event: LedgerEvent): Round | undefined => {
  const { data } = event;
  if (event.event === 'RoundOpened') {
    if (round) return round;
    return {
      id: data['roundId'] as string,
      cause: data['cause'] as Round['cause'],
      target: data['target'] as Round['target'],
      ...(data['subjects'] === undefined ? {} : { subjects: data['subjects'] as readonly string[] }),
      ...(data['where'] === undefined ? {} : { where: data['where'] as NonNullable<Round['where']> }),
      openedAt: data['openedAt'] as number,
      ...(event.actor === undefined ? {} : { openedBy: event.actor }),
      phase: 'opening',
      isMassFailure: false,
      asked: 0,
    };
  }
  if (!round) return undefined;
  if (event.event === 'RoundAsked') return { ...round, phase: 'waiting', asked: data['asked'] as number };
  if (event.event === 'MassFailureFound') return { ...round, isMassFailure: true };
  if (event.event === 'RoundClosed') return { ...round, phase: 'closed' };
  return round;
};

/** A round is looked at once, after this much of the answer window and before anybody is telephoned. */
export const judgeAfterShare = 0.75;

/** One alert about the channel instead of many about people: when most of a round is silent together. */
export const isMassFailure = (asked: number, silent: number, rule: { readonly share: number; readonly atLeast: number }): boolean =>
  silent >= rule.atLeast && silent >= asked * rule.share;
