import { Fault } from '../../src/ports/fault.ts';

/** The number of the last activity a client has; null for one that has none. Throws ZG_BAD_WATERMARK. */
export const parseWatermark = (given: unknown): number | null => {
  if (given === undefined || given === '' || given === 'null' || given === 'undefined') return null;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) throw new Fault('ZG_BAD_WATERMARK');
  return Number(given);
};
