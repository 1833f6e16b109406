import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { RedisClient } from '../../adapters/redis/script.ts';
import type { EngineOrder, EngineReport, FromEngine, ToEngine } from './engine-process.ts';
import type { Stage } from './stage.ts';

const pollMs = 20;
const longestWaitMs = 600_000;

/** How `npm start` sets Node, and whatever a profile of a benchmark wants of its processes. */
const nodeFlags = [...packageJson.scripts.start.split(' '), ...process.execArgv].filter((flag) =>
  /^--(cpu-prof|max-semi-space-size)/u.test(flag),
);

/** Where the service keeps what it has compiled, for a start is quicker with it; see `src/main.ts`. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/zaigang', import.meta.url));

export const forkPart = (file: string, order: object): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(order)], {
    execArgv: nodeFlags,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    // stdout is for figures, and a service writes its log there
    stdio: ['ignore', 2, 2, 'ipc'],
  });

/** The next message of a type from a child; rejects when the child ends first. */
export const hears = async <T extends { readonly type: string }>(child: ChildProcess, type: T['type']): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const listen = (message: unknown): void => {
    if ((message as T).type === type) resolve(message as T);
  };
  const end = (code: number | null): void => reject(new Error(`a process of the benchmark ended by itself: ${code}`));
  child.on('message', listen);
  child.once('exit', end);
  try {
    return await promise;
  } finally {
    child.off('message', listen);
    child.off('exit', end);
  }
};

/** Asks again and again until it is true. Rejects after ten minutes. */
export const until = async (isTrue: () => Promise<boolean>, what: string): Promise<void> => {
  for (let waitedMs = 0; !(await isTrue()); waitedMs += pollMs) {
    if (waitedMs > longestWaitMs) throw new Error(`gave up waiting until ${what}`);
    await rest(pollMs);
  }
};

/** What a service needs of the place where it plays. */
export type Place = Pick<Stage, 'keys' | 'clock' | 'settingsAt'> & {
  readonly server: { readonly url: string };
  readonly redis: Pick<RedisClient, 'xlen' | 'llen'>;
  readonly bureau?: string;
};

/** Never back: a slow machine may be there already. */
export const moveClock = ({ clock }: Pick<Place, 'clock'>, to: number): void => {
  clock.offsetMs = Math.max(clock.offsetMs, to - Date.now());
};

/** A running service without doors, in another process. */
export type Engine = {
  readonly child: ChildProcess;
  readonly report: () => Promise<EngineReport>;
  /** Moves the clock forward, here and there, and takes lateness from then on. */
  readonly moveClock: (to: number) => void;
  /** The officers of posts `from` to `to` (inclusive) answer; resolves when all of it is durable. */
  readonly answer: (from: number, to: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const startEngineProcess = async (stage: Place): Promise<Engine> => {
  const { bureau } = stage;
  const order: EngineOrder = {
    address: stage.server.url,
    offsetMs: stage.clock.offsetMs,
    settingsAt: stage.settingsAt,
    ...(bureau === undefined ? {} : { bureau }),
  };
  const child = forkPart('engine-process.ts', order);
  const tell = (message: ToEngine): void => void child.send(message);
  await hears<Extract<FromEngine, { type: 'ready' }>>(child, 'ready');
  return {
    child,
    report: async () => {
      const heard = hears<Extract<FromEngine, { type: 'report' }>>(child, 'report');
      tell({ type: 'report' });
      return heard;
    },
    moveClock: (to) => {
      moveClock(stage, to);
      tell({ type: 'moveClock', offsetMs: stage.clock.offsetMs });
    },
    answer: async (from, to) => {
      const heard = hears<Extract<FromEngine, { type: 'answered' }>>(child, 'answered');
      tell({ type: 'answer', from, to });
      await heard;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      tell({ type: 'stop' });
      await gone;
    },
  };
};

/** Nothing left to decide at once, to relay or to deliver. */
export const untilQuiet = async (stage: Pick<Place, 'keys' | 'redis'>): Promise<void> =>
  until(async () => {
    const prefix = `${stage.keys.prefix}:deliver`;
    const [outbox, waiting, active] = await Promise.all([
      stage.redis.xlen(stage.keys.outbox),
      stage.redis.llen(`${prefix}:wait`),
      stage.redis.llen(`${prefix}:active`),
    ]);
    return outbox + waiting + active === 0;
  }, 'everything is delivered');
