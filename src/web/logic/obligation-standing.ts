import type { Obligation } from '../data/types.ts';

type Standing = Pick<Obligation, 'status' | 'kind' | 'stepNo' | 'answerBy'> & Partial<Pick<Obligation, 'itemId' | 'missedAt'>>;

/** A clock is nobody's silence: until its limit there is nothing to be alarmed about. */
const isClock = ({ itemId }: Standing): boolean => itemId !== undefined;

/** At its very limit it is late already, as the rules have it. */
export const isOverdue = (o: Standing, nowMs: number): boolean => isClock(o) && nowMs >= Date.parse(o.answerBy);

/** The colour that something open is listed in. */
export const toneOf = (o: Standing, nowMs: number): 'missed' | 'escalated' | 'waiting' | 'plain' => {
  if (o.status === 'withOffice' || o.missedAt !== undefined) return 'missed';
  if (isClock(o)) return o.stepNo > 0 || isOverdue(o, nowMs) ? 'escalated' : 'plain';
  return o.stepNo > 1 || o.kind !== 'check' ? 'escalated' : 'waiting';
};
