import type { SendResult } from '../../src/ports/channel.ts';
import { inTurns } from './in-turns.ts';

export type Results = readonly (readonly [index: number, result: SendResult])[];

/** One call to a platform, for the messages at these places of the batch. */
export type Work = { readonly indexes: readonly number[]; readonly run: () => Promise<Results> };

/**
 * Does the calls of a batch a few at a time, and notes what became of each message. Once the platform was not reached,
 * what is left of the batch does not wait for it one by one.
 */
export const doWork = async (work: readonly Work[], results: Map<number, SendResult>, atATime: number): Promise<void> => {
  let silence: SendResult | undefined;
  await inTurns(
    work.map(({ indexes, run }) => async () => {
      const said: Results = silence === undefined ? await run() : indexes.map((index) => [index, silence!] as const);
      for (const [index, result] of said) {
        if (result.status === 'transient' && result.isTransport) silence = result;
        results.set(index, result);
      }
    }),
    atATime,
  );
};
