import type { LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';

/** Somebody who has stopped a channel for themselves, and the channels that were left to them when they last said so. */
export type Paused = { readonly paused: readonly string[]; readonly left: readonly string[] };

/** Whoever has stopped anything, by person; everybody else is reached over every channel. */
export type Reach = { readonly [personId in PersonId]: Paused };

export const nobodyPaused: Reach = {};

const without = (reach: Reach, personId: PersonId): Reach =>
  Object.fromEntries(Object.entries(reach).filter(([known]) => known !== personId));

/** `ChannelPaused` and `ChannelResumed` speak of the event's own channel, over which they were said; pure. */
export const evolveReach = (reach: Reach, { event, channel, data }: LedgerEvent): Reach => {
  if ((event !== 'ChannelPaused' && event !== 'ChannelResumed') || channel === undefined) return reach;
  const personId = data['by'] as PersonId;
  const others = (reach[personId]?.paused ?? []).filter((one) => one !== channel);
  const paused = event === 'ChannelPaused' ? [...others, channel] : others;
  return paused.length === 0 ? without(reach, personId) : { ...reach, [personId]: { paused, left: data['left'] as readonly string[] } };
};

export const isPaused = (reach: Reach, personId: string, channel: string): boolean => reach[personId]?.paused.includes(channel) === true;

/** By their own wish nothing reaches them any more. */
export const isUnreached = (reach: Reach, personId: string): boolean => reach[personId]?.left.length === 0;
