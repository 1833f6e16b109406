import type { Redis } from 'ioredis';
import { keysOf, type Keys } from '../../adapters/redis/keys.ts';
import type { RedisClient } from '../../adapters/redis/script.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { beginChange, readInto, toTransition } from '../../src/app/change.ts';
import { openCheckIn } from '../../src/app/contact/open-check.ts';
import { syncWatches } from '../../src/app/contact/sync-watches.ts';
import { tickCalendar } from '../../src/app/contact/tick-calendar.ts';
import { createWorld, refreshWorld, watchIdOf, type World } from '../../src/app/world.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { benchSettings, generateBureau, postIdOf } from './bureau.ts';

/** Real ms; as in the service. */
const leaseMs = 1_500;

/** The machine's time, moved by `offsetMs`: the same instant in every process that has the same offset. */
export const movedClock = (offsetMs: number): Clock & { offsetMs: number } => {
  const clock = { offsetMs, now: () => Date.now() + clock.offsetMs };
  return clock;
};

const complain = (fields: object, message: string): void => console.error(message, JSON.stringify(fields));
export const benchLog: Log = { debug: () => {}, info: () => {}, warn: complain, error: complain };

export const worldOn = (redis: RedisClient, settings: CampaignSettings, clock: Clock): World =>
  createWorld({
    store: createRedisStore(redis, keysOf(settings.bureau), { bundleWindowMs: settings.bundleWindowMs, now: clock.now }),
    clock,
    secrets: nodeSecrets,
    log: benchLog,
    settings,
    hasVoice: false,
    leaseMs,
  });

/** A Redis with a bureau in it, everybody watched and nobody asked yet; the process that sets it up takes no part afterwards. */
export type Stage = {
  readonly server: TestRedis;
  readonly redis: Redis;
  readonly keys: Keys;
  /** The instant around which the campaign was made. */
  readonly settingsAt: number;
  readonly settings: CampaignSettings;
  readonly world: World;
  readonly clock: ReturnType<typeof movedClock>;
  readonly end: () => Promise<void>;
};

/** Puts a bureau into an empty Redis: everybody watched and nobody asked yet. */
export const fillBureau = async (redis: RedisClient, settings: CampaignSettings, posts: number, clock: Clock): Promise<World> => {
  const world = worldOn(redis, settings, clock);
  await world.store.commitCampaign(generateBureau(posts, settings), 0, []);
  await refreshWorld(world);
  await tickCalendar(world);
  await syncWatches(world);
  return world;
};

export const startStage = async (posts: number, settingsAt: number, startAt: number): Promise<Stage> => {
  const settings = benchSettings(settingsAt);
  const server = await startRedis({ appendfsync: 'always' });
  const clock = movedClock(startAt - Date.now());
  const world = await fillBureau(server.redis, settings, posts, clock);
  return { server, redis: server.redis, keys: keysOf(settings.bureau), settingsAt, settings, world, clock, end: () => server.stop() };
};

const chunkSize = 250;

/** Asks posts `from` to `to` (inclusive) as their own clocks would, each at the instant that `askedAt` gives it. */
export const openChecks = async ({ world }: Stage, from: number, to: number, askedAt: (post: number) => number): Promise<void> => {
  for (let first = from; first <= to; first += chunkSize) {
    const posts = Array.from({ length: Math.min(chunkSize, to - first + 1) }, (_, index) => first + index);
    const watches = await world.store.load(posts.map((post) => watchIdOf(postIdOf(post))));
    const transitions = posts.flatMap((post, index) => {
      const stored = watches[index];
      if (stored?.aggregate.type !== 'watch') return [];
      const change = beginChange(world, askedAt(post));
      readInto(change, stored.id, stored);
      openCheckIn(world, change, stored.aggregate.state, { cause: 'random' });
      return [toTransition(change)];
    });
    const results = await world.store.commit(transitions, world.campaignVersion);
    if (results.some((result) => result !== 'committed') || transitions.length < posts.length)
      throw new Error('a check could not be opened');
  }
};
