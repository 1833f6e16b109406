import { startLoop } from '../../adapters/cron/loop.ts';
import { startCron, type Job } from '../../adapters/cron/poke.ts';
import { createDeliveryQueue, startDeliveryWorker } from '../../adapters/queue/delivery-queue.ts';
import { createBundledCards } from '../../adapters/redis/bundled-cards.ts';
import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import { createConversations } from '../../adapters/redis/conversations.ts';
import { createUndecided } from '../../adapters/redis/undecided.ts';
import { createRedisOutbox } from '../../adapters/redis/outbox.ts';
import { moveLaddersJob } from '../../jobs/move-ladders.ts';
import { openRecurringJob } from '../../jobs/open-recurring.ts';
import { relayOutboxJob } from '../../jobs/relay-outbox.ts';
import { sweepJob } from '../../jobs/sweep.ts';
import { tellAheadJob } from '../../jobs/tell-ahead.ts';
import { watchChannelsJob } from '../../jobs/watch-channels.ts';
import { tickCalendarJob } from '../../jobs/tick-calendar.ts';
import { deliver } from '../app/notices/deliver.ts';
import { recordUndelivered } from '../app/notices/record-news.ts';
import type { Swept } from '../app/contact/fire-due.ts';
import { tellUndecided } from '../app/contact/tell-undecided.ts';
import { refreshWorld, type World } from '../app/world.ts';
import type { Channel } from '../ports/channel.ts';
import { boundChannel } from './bound-channel.ts';
import type { Part } from './progress.ts';
import type { Connections } from './redis.ts';

export type EngineParts = {
  readonly world: World;
  readonly connections: Connections;
  /** In the order of preference. */
  readonly channels: readonly Channel[];
  /** Campaign ms to a real ms. */
  readonly scale: number;
  /** This process, by a name that no other has. */
  readonly consumer: string;
  /** More calendar work, such as sealing. */
  readonly jobs?: readonly Job[];
  readonly onSwept?: (swept: Swept) => void;
  /** Each part that must go round says so. */
  readonly onRound?: (part: Part) => void;
};

export type Engine = {
  readonly isRunning: () => boolean;
  /** Jobs that wait for a worker. */
  readonly waiting: () => Promise<number>;
  /** Ends the work in hand; what was not begun stays where it is, for the next. */
  readonly stop: () => Promise<void>;
};

const deliveries = 16;

/** What runs by itself: the sweep, the outbox's relay, the delivery worker and the calendar. */
export const startEngine = async ({
  world,
  connections,
  channels,
  scale,
  consumer,
  jobs = [],
  onSwept,
  onRound = () => {},
}: EngineParts): Promise<Engine> => {
  const { keys, commands, outboxReads, bullWorker, bullProducer } = connections;
  const { bureau } = world.settings;
  const conversations = createConversations(commands, bureau);
  const bundledCards = createBundledCards(commands, bureau);
  const channelHealth = createChannelHealth(commands, bureau);
  await refreshWorld(world);
  const bounded = channels.map((channel) => boundChannel(channel));
  // Before the first tick: it still knows until when somebody was there.
  const opening = openRecurringJob(world);
  const calendar = tickCalendarJob(world);
  const outbox = createRedisOutbox(commands, outboxReads, keys);
  const queue = createDeliveryQueue({ connection: bullProducer, prefix: keys.prefix });
  const worker = startDeliveryWorker(
    { connection: bullWorker, prefix: keys.prefix, concurrency: deliveries, log: world.log },
    {
      deliver: async (job, isLastTry, letGo) => {
        const left = await deliver({ world, channels: bounded, conversations, bundledCards, channelHealth, queue, letGo }, job, isLastTry);
        onRound('delivery');
        return left;
      },
      giveUp: (notices) => recordUndelivered(world, notices, 'thrown'),
    },
  );
  const undecided = createUndecided(commands, bureau);
  const sweep = sweepJob(world, scale, async (swept) => {
    onRound('sweep');
    onSwept?.(swept);
    // What is told of one must not keep the others waiting; it is told at its next failure.
    await tellUndecided(world, undecided, swept.failed).catch((error: unknown) =>
      world.log.error({ ids: swept.failed.map(({ id }) => id), error: String(error) }, 'the office could not be told what failed'),
    );
  });
  const relay = relayOutboxJob({ outbox, queue, isDeciding: sweep.isBursting }, consumer);
  const telling = <T>(part: Part, { name, run }: { readonly name: string; readonly run: () => Promise<T> }) => ({
    name,
    run: async (): Promise<T> => {
      const result = await run();
      onRound(part);
      return result;
    },
  });
  const loops = [telling('sweep', sweep), telling('relay', relay)].map((loop) => startLoop(loop, world.log));
  // After the loops: what fell due while nobody ran must not wait until everybody's watch has been looked at.
  await calendar.run();
  const watching = watchChannelsJob(
    world,
    channelHealth,
    channels.map(({ name }) => name),
  );
  const cron = startCron(
    [{ ...calendar, ...telling('calendar', calendar) }, opening, tellAheadJob(world), moveLaddersJob(world), watching, ...jobs],
    world.log,
  );
  return {
    isRunning: () => worker.isRunning(),
    waiting: () => queue.waiting(),
    stop: async () => {
      await cron.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
      await worker.close();
      await queue.close();
    },
  };
};
