import { Refused } from '../../adapters/bot/webhook-door.ts';

/** Why a door refuses, or `taken`; anything else that is thrown is a defect. */
export const reasonOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
  return 'taken';
};
