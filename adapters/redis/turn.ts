import { randomUUID } from 'node:crypto';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import { scriptOf, type RedisClient } from './script.ts';

/** Only whoever took it gives it back: what outlasted its time belongs to another. */
const giveBack = scriptOf(`if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`);

/**
 * Something that one process of a bureau does at a time. Answers how to give the turn back, undefined while somebody else
 * has it; whoever dies with it loses it after `keepMs`, real time.
 */
export const createTurn = (
  redis: RedisClient,
  bureau: string,
  name: string,
  keepMs: number,
): (() => Promise<(() => Promise<void>) | undefined>) => {
  const key = `${keysOf(bureau).prefix}:turn:${name}`;
  return async () => {
    const mine = randomUUID();
    if ((await orAway(redis.set(key, mine, 'PX', keepMs, 'NX'))) !== 'OK') return undefined;
    return async () => void (await orAway(giveBack(redis, [key], [mine])));
  };
};
