import type { Redis } from 'ioredis';
import { roundAt } from './bureau.ts';
import { moveClock, startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, toFigure } from './figure.ts';
import { startStage } from './stage.ts';

/** What the data take, without the buffers of connections and of the append-only file. */
export const usedBytes = async (redis: Redis): Promise<number> => {
  const info = await redis.info('memory');
  const read = (field: string): number => Number(new RegExp(`${field}:(\\d+)`, 'u').exec(info)?.[1] ?? 0);
  return read('used_memory') - read('mem_clients_normal') - read('mem_aof_buffer');
};

type Taken = { readonly used: number; readonly ledger: number };

const takeAfterRound = async (posts: number): Promise<Taken> => {
  const stage = await startStage(posts, roundAt, roundAt - 3_600_000);
  moveClock(stage, roundAt - 60_000);
  const engine = await startEngineProcess(stage);
  engine.moveClock(roundAt - 1_000);
  await until(async () => (await engine.report()).handed >= posts, 'every notice is handed over');
  await untilQuiet(stage);
  await engine.stop();
  const ledger = Number(await stage.redis.memory('USAGE', stage.keys.ledger, 'SAMPLES', 0));
  const used = (await usedBytes(stage.redis)) - ledger;
  await stage.end();
  return { used, ledger };
};

/**
 * Bytes that Redis has grown by for each post, after a round has been asked of all of them and every notice has been
 * delivered (to a channel that keeps nothing): the open obligation, its watch and its due time, the roster and the
 * people, the outbox, BullMQ's jobs, everything but the ledger stream, which is `memory.ledger…`. Grown beyond the
 * same service with a single post: scripts and the names of queues are there once, however many posts there are.
 */
export const measureMemory = async (posts: number, suffix: string): Promise<readonly Figure[]> => {
  const single = await takeAfterRound(1);
  const { used, ledger } = await takeAfterRound(posts);
  return [
    toFigure({ name: `memory.${suffix}`, value: (used - single.used) / (posts - 1), unit: 'B/post', n: posts }),
    toFigure({ name: `memory.ledger.${suffix}`, value: ledger / posts, unit: 'B/post', n: posts }),
  ];
};
