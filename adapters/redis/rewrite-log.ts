import { setTimeout as rest } from 'node:timers/promises';
import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import type { RedisClient } from './connect.ts';

const pollMs = 50;
const mostWaitMs = 600_000;

const rewriteOne = async (redis: Redis): Promise<boolean> => {
  const isBusy = async (): Promise<boolean> => /aof_rewrite_(?:in_progress|scheduled):1/u.test(await redis.info('persistence'));
  const wait = async (): Promise<void> => {
    for (let waitedMs = 0; waitedMs < mostWaitMs && (await isBusy()); waitedMs += pollMs) await rest(pollMs);
  };
  if (!/aof_enabled:1/u.test(await redis.info('persistence'))) return true;
  // one that is under way may have begun before what is to be forgotten was removed
  await wait();
  await redis.bgrewriteaof();
  await wait();
  return /aof_last_bgrewrite_status:ok/u.test(await redis.info('persistence'));
};

/** Writes the append-only file anew: the old one tells everything that was ever there. False where Redis would not. */
export const rewriteLog = async (redis: RedisClient): Promise<boolean> => {
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  try {
    return (await Promise.all(nodes.map(rewriteOne))).every(Boolean);
  } catch {
    return false;
  }
};
