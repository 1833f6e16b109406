import { Fault } from '../../src/ports/fault.ts';

/** Redis is there but takes nothing: it loads, fails over, is full or cannot write its disk. */
const refusals = [
  'LOADING',
  'READONLY',
  'MISCONF',
  'OOM',
  'CLUSTERDOWN',
  'MASTERDOWN',
  'NOREPLICAS',
  'TRYAGAIN',
  'MOVED',
  'UNBLOCKED',
  'BUSY ',
];

/** Trying again later will help. A mistake of ours (an unreadable value, a script error) stays one, however often it is tried. */
const isAway = (error: unknown): boolean => {
  if (error instanceof Fault) return error.code === 'ZG_STORE_AWAY';
  if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) return false;
  return !(error instanceof Error) || error.name !== 'ReplyError' || refusals.some((refusal) => error.message.startsWith(refusal));
};

export const toAway = (error: unknown): unknown =>
  isAway(error) && !(error instanceof Fault) ? new Fault('ZG_STORE_AWAY', undefined, error) : error;

/** Rejects with ZG_STORE_AWAY where that is what it was. */
export const orAway = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw toAway(error);
  }
};
