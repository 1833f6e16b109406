import type { RedisClient } from '../../adapters/redis/connect.ts';
import { checkDurability } from '../../adapters/redis/durability.ts';
import type { LedgerStream } from '../ports/ledger.ts';

/** What a start asks of its Redis before anything else. */

/** A Redis that may forget an answer must not confirm one. */
export const refuseForgetful = async (redis: RedisClient): Promise<void> => {
  const reasons = await checkDurability(redis);
  if (reasons.length > 0)
    throw new Error(
      `ZG_REDIS_NOT_DURABLE: production needs a Redis that keeps what it was told; change its settings:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`,
    );
};

const lastRows = 200;

/** The newest instant that the ledger speaks of; a watch may be dated ahead, to the beginning of the campaign. */
export const lastDatedAt = async (stream: LedgerStream): Promise<number> => {
  const rows = await stream.rows(Math.max(0, (await stream.lastSeq()) - lastRows), lastRows);
  return Math.max(0, ...rows.filter((row) => row.event !== 'WatchStarted').map((row) => row.at));
};
