import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A real redis-server of the test's own, on a unix socket in a folder of its own. */
export type TestRedis = {
  /** Path of the unix socket: what `createRedis`, `new Redis(…)` and REDIS_URL take. */
  readonly socket: string;
  /** The same, under the name that configuration uses. */
  readonly url: string;
  readonly dir: string;
  readonly pid: () => number;
  /** A client that is connected; closed by `stop`. */
  readonly redis: Redis;
  /** SIGKILL, as a power cut would; the data stay. */
  kill(): Promise<void>;
  /** Starts it again on the same data and resolves when it has loaded them. */
  restart(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
};

const settings = [
  ['--port', '0'],
  ['--appendonly', 'yes'],
  ['--maxmemory-policy', 'noeviction'],
  ['--save', ''],
  ['--logfile', 'redis.log'],
].flat();

const run = (dir: string, socket: string, appendfsync: string): ChildProcess =>
  spawn('redis-server', ['--dir', dir, '--unixsocket', socket, '--appendfsync', appendfsync, ...settings], {
    stdio: 'ignore',
  });

/** The client retries by itself until the server has loaded: nothing is waited for by guessing. */
const untilReady = async (redis: Redis): Promise<void> => {
  if (redis.status === 'wait' || redis.status === 'end') await redis.connect();
  await redis.ping();
};

/** `appendfsync: 'everysec'` is for suites that test something else and want to be quick. */
export const startRedis = async (options: { readonly appendfsync?: 'always' | 'everysec' } = {}): Promise<TestRedis> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-'));
  const socket = join(dir, 'r.sock');
  const appendfsync = options.appendfsync ?? 'always';
  let child = run(dir, socket, appendfsync);
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const redis = new Redis(socket, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => {}); // while the server comes up or is away, the client says so many times
  await untilReady(redis);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    socket,
    url: socket,
    dir,
    pid: () => child.pid ?? 0,
    redis,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      child = run(dir, socket, appendfsync);
      await untilReady(redis);
    },
    stop: async () => {
      redis.disconnect();
      await end('SIGKILL');
      process.removeListener('exit', endWithUs);
      await rm(dir, { recursive: true, force: true });
    },
  };
};
