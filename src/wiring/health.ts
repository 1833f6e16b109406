import { Gauge, type Registry } from 'prom-client';
import { checkDurability } from '../../adapters/redis/durability.ts';
import { sharedLook } from '../../adapters/http/shared-look.ts';
import { createUndecided } from '../../adapters/redis/undecided.ts';
import { countUndecided } from '../app/contact/tell-undecided.ts';
import type { World } from '../app/world.ts';
import type { ChannelsView } from '../app/views/view-channels.ts';
import type { Engine } from './engine.ts';
import { parts, type Progress } from './progress.ts';
import type { Connections } from './redis.ts';

/** A Redis that has not answered by then counts as away. */
const answerMs = 2_000;

export type Readiness = {
  readonly ok: boolean;
  readonly reasons: readonly string[];
  /** What somebody must hear although this process does its work: another in its place would do no better. */
  readonly warnings?: readonly string[];
};

export type HealthParts = {
  readonly world: World;
  readonly connections: Pick<Connections, 'commands' | 'keys'>;
  readonly engine: Pick<Engine, 'isRunning' | 'waiting'>;
  readonly progress: Progress;
  readonly channels: () => Promise<ChannelsView>;
  /** The channel of our own, where messages wait for whoever opens a browser: it never fails, and reaches nobody by itself. */
  readonly mailbox: string;
  /** Real ms. */
  readonly realNow?: () => number;
};

const within = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerMs} ms`)), answerMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

const notImported =
  'nobody is known yet: run `npm run zaigang -- sign-in NAME --mobile NUMBER` for whoever of the office begins in the page, or `import contacts FILE` and `import roster FILE`';

/** What is said while there is no post, and so nobody is asked anything. */
export const nothingToWatch = ({ campaignVersion, directory }: Pick<World, 'campaignVersion' | 'directory'>): string => {
  if (campaignVersion < 1) return notImported;
  const what = directory.organisation.units.length === 0 ? 'the contact list and the roster' : 'the roster';
  return `no post is known yet, and nobody is asked: import ${what} in the page under set-up, or with \`npm run zaigang -- import …\``;
};

/** Whether the service does its work, asked by balancers, by watchdogs and before each sign of life. */
export const createHealth = ({ world, connections, engine, progress, channels, mailbox, realNow }: HealthParts) => {
  const { commands, keys } = connections;
  const undecided = createUndecided(commands, world.settings.bureau);

  const redisFaults = async (): Promise<readonly string[]> => {
    await world.store.ping();
    return checkDurability(commands);
  };

  let isLeaving = false;
  const look = sharedLook(
    async (): Promise<Readiness> => {
      const reasons = [...(await within(redisFaults()).catch((error: unknown) => [`Redis is away: ${String(error)}`]))];
      if (world.campaignVersion < 1) reasons.push(notImported);
      if (!engine.isRunning()) reasons.push('the delivery worker does not run');
      // where it can't be counted, Redis is away, and that was said
      reasons.push(...progress.stalled(await within(engine.waiting()).catch(() => 0)));
      return { ok: reasons.length === 0, reasons };
    },
    realNow,
    ({ ok }) => ok,
  );

  /** Of those that were tried lately: one that nobody has written through is no failing one, and reaches nobody either. */
  const lost = async (): Promise<readonly string[]> => {
    const { items } = await channels();
    const tried = items.filter(({ channel, state }) => channel !== mailbox && state !== 'idle');
    return tried.length > 0 && tried.every(({ state }) => state === 'failing') ? ['every channel is failing'] : [];
  };
  const faults = async (): Promise<readonly string[]> => [...(isLeaving ? leaving : await look()).reasons, ...(await lost())];
  /** Each is tried again by whoever takes it: every instance says so. */
  const failing = async (): Promise<readonly string[]> => {
    const count = await countUndecided(world, undecided);
    return count === 0 ? [] : [`${count} of what fell due cannot be decided; the log and DecisionFailed in the ledger say which`];
  };
  const warnings = sharedLook(async () => {
    const empty = world.byRoster.roster.posts.length === 0 ? [nothingToWatch(world)] : [];
    const found = await Promise.all([lost(), failing()].map((one) => within(one).catch((): readonly string[] => [])));
    return [...empty, ...found.flat()];
  }, realNow);
  const leaving: Readiness = { ok: false, reasons: ['this process is about to end'] };
  const readiness = async (): Promise<Readiness> => {
    if (isLeaving) return leaving;
    const state = await look();
    // where that can't be told, Redis is away, and that was said
    return state.ok ? { ...state, warnings: await warnings() } : state;
  };

  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      // every process sees the same
      aggregator: 'max',
      registers: [],
      async collect() {
        this.set(await read().catch(() => Number.NaN));
      },
    });
  const meta = async (field: string): Promise<number> => Number((await commands.hget(keys.meta, field)) ?? 0);
  const gauges = [
    new Gauge({
      name: 'zaigang_ready',
      help: '1 where this process is ready, as /readyz says; of several processes the worst.',
      aggregator: 'min',
      registers: [],
      async collect() {
        this.set(!isLeaving && (await look().catch(() => leaving)).ok ? 1 : 0);
      },
    }),
    new Gauge({
      name: 'zaigang_idle_seconds',
      help: 'Since a part of the engine last went round; delivery rests where nothing waits.',
      labelNames: ['part'] as const,
      aggregator: 'max',
      registers: [],
      collect() {
        for (const part of parts) this.set({ part }, progress.idleMs(part) / 1_000);
      },
    }),
    gauge('zaigang_undecided', 'Of what fell due, how much cannot be decided at present.', () => countUndecided(world, undecided)),
    gauge('zaigang_queue_waiting', 'Batches of messages that wait for a worker.', () => engine.waiting()),
    gauge('zaigang_ledger_rows', 'Rows of the ledger since the beginning.', () => meta('seq')),
    gauge('zaigang_unsealed_rows', 'Rows of the ledger that no seal covers yet.', async () => (await meta('seq')) - (await meta('sealTo'))),
    gauge('zaigang_redis_memory_bytes', 'Memory that Redis uses for data, all bureaus together.', async () =>
      Number(/^used_memory:(\d+)/mu.exec(await commands.info('memory'))?.[1] ?? Number.NaN),
    ),
  ];
  return {
    readiness,
    /** From now on it is not ready: whoever sends requests on sends them elsewhere. */
    leave: (): void => void (isLeaving = true),
    faults,
    collect: (registry: Registry): void => {
      for (const one of gauges) registry.registerMetric<string>(one);
    },
  };
};
