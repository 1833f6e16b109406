import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../support/redis-topologies.ts';

/** A real redis-server on a port of its own that is ended, held and started again as the test wants. */
export type RedisNode = {
  readonly port: number;
  readonly dir: string;
  readonly redis: Redis;
  readonly pid: () => number;
  readonly isUp: () => boolean;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGKILL, as a power cut would; the data stay. */
  readonly kill: () => Promise<void>;
  /** On the same port and data. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const durableSettings = [
  '--bind',
  '127.0.0.1',
  '--appendonly',
  'yes',
  '--appendfsync',
  'always',
  '--save',
  '',
  '--logfile',
  'redis.log',
];

export type NodeOptions = {
  readonly dir: string;
  readonly settings: (port: number) => readonly string[];
  /** What stands before `redis-server …` on its command line. */
  readonly under?: readonly string[];
};

/** What is up ends with this process. */
const up = new Set<() => void>();
process.once('exit', () => {
  for (const end of up) end();
});

export const startNode = async ({ dir, settings, under = [] }: NodeOptions): Promise<RedisNode> => {
  await mkdir(dir, { recursive: true });
  const port = await freePort();
  const redis = new Redis({ port, maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => {}); // while it comes up or is away
  let child: ChildProcess;
  const run = (): void => {
    const [program, ...rest] = [...under, 'redis-server', ...settings(port)];
    child = spawn(program!, rest, { stdio: 'ignore', cwd: dir });
  };
  const isUp = (): boolean => child.exitCode === null && child.signalCode === null;
  run();
  const endWithUs = (): void => void child.kill('SIGKILL');
  up.add(endWithUs);
  const kill = async (): Promise<void> => {
    if (!isUp()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await redis.ping();
  return {
    port,
    dir,
    redis,
    pid: () => child.pid ?? 0,
    isUp,
    signal: (signal) => void child.kill(signal),
    kill,
    start: async () => {
      await kill();
      run();
      await redis.ping();
    },
    stop: async () => {
      redis.disconnect();
      await kill();
      up.delete(endWithUs);
    },
  };
};
