import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../src/ports/log.ts';
import { createRedis, untilReady } from './connect.ts';
import { isLocked, lockFolder, type Purpose, readOwner } from './folder-lock.ts';
import { adoptLeftOver, endServer, recordedServer, tryConnect, untilGone } from './left-over.ts';
import { chooseSocket, findRedisServer, socketOf, spawnServer, tailLog } from './server.ts';

export type EmbeddedRedis = {
  /** The path of its unix socket, as `createRedis` takes it. */
  readonly address: string;
  /** Of the server that runs now. */
  pid(): number;
  /** Ends the server in order and lets the folder go. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly log: Log;
  readonly purpose?: Purpose;
};

/** A large append-only file takes a while to load; a server that died says so at once. */
const longestLoadMs = 600_000;

const restartDelayMs = (failures: number): number => Math.min(50 * 2 ** failures, 5000);

/** A server that ran for this long was well: the next failure is a new story. */
const wellAfterMs = 60_000;

const redisFolder = (dataDir: string): string => join(dataDir, 'redis');

type Running = { readonly pid: number; readonly gone: Promise<unknown> };

/** Resolves when the server has loaded its data and answers; rejects with ZG_REDIS_START and its last words when it dies. */
const startServer = async (dir: string, socket: string): Promise<Running> => {
  const child = spawnServer(findRedisServer(), dir, socket);
  const { promise: gone, resolve } = Promise.withResolvers<string>();
  child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  child.once('error', (error) => resolve(error.message));
  const client = createRedis(socket, 'commands');
  try {
    const refusal = gone.then((why): never => {
      throw new Error(`ZG_REDIS_START: the embedded Redis doesn't start (${why}). Its last words, from ${dir}/redis.log:\n${tailLog(dir)}`);
    });
    await Promise.race([untilReady(client, longestLoadMs), refusal]);
    refusal.catch(() => {}); // later on its end is `gone`'s story
  } finally {
    client.disconnect();
  }
  return { pid: child.pid ?? 0, gone };
};

const startOrAdopt = async (dir: string, socket: string, log: Log): Promise<Running> => {
  const pid = await adoptLeftOver(dir, socket, log);
  return pid === null ? startServer(dir, socket) : { pid, gone: untilGone(pid, Infinity) };
};

/**
 * Starts a redis-server (or valkey-server) of our own on `dataDir/redis`: unix socket only, every answer on disk before it is
 * given. Takes over what a killed service left; starts it again when it dies. Rejects with ZG_FOLDER_TAKEN, ZG_NO_REDIS or
 * ZG_REDIS_START.
 */
export const startEmbeddedRedis = async ({ dataDir, log, purpose = 'service' }: EmbeddedOptions): Promise<EmbeddedRedis> => {
  const dir = redisFolder(dataDir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dir, purpose);
  const socket = chooseSocket(dir);
  let running: Running;
  try {
    running = await startOrAdopt(dir, socket, log);
  } catch (error) {
    lock.release();
    throw error;
  }
  let isStopping = false;
  let failures = 0;
  let restarting: Promise<void> = Promise.resolve();

  const restart = async (): Promise<void> => {
    while (!isStopping) {
      await pause(restartDelayMs(failures));
      failures += 1;
      if (isStopping) return;
      try {
        running = await startServer(dir, socket);
        log.info({ pid: running.pid }, 'The embedded Redis runs again');
        return watch();
      } catch (error) {
        log.error({ error }, 'The embedded Redis can not be started again; trying once more');
      }
    }
  };
  const watch = (): void => {
    const watchedFrom = performance.now();
    void running.gone.then((why) => {
      if (isStopping) return;
      if (performance.now() - watchedFrom > wellAfterMs) failures = 0;
      log.error({ pid: running.pid, why }, 'The embedded Redis has died; starting it again');
      restarting = restart();
    });
  };
  watch();

  // however we end, it must not run on alone; after SIGKILL the next run finds it
  const endWithUs = (): void => {
    try {
      process.kill(running.pid, 'SIGTERM');
    } catch {
      // gone already
    }
  };
  process.once('exit', endWithUs);
  return {
    address: socket,
    pid: () => running.pid,
    stop: async () => {
      isStopping = true;
      // one that is still loading is ended too, or the restart would be waited for
      await endServer(recordedServer(dir, socket) ?? running.pid);
      await restarting;
      await endServer(running.pid);
      process.removeListener('exit', endWithUs);
      rmSync(join(dir, 'redis.pid'), { force: true });
      lock.release();
    },
  };
};

export type ConnectedRedis = { readonly address: string; stop(): Promise<void> };

/**
 * For a command: the configured Redis, else the running service's, else one of our own for the moment, which `stop` ends.
 */
export const connectOrStartRedis = async (options: {
  readonly redisUrl: string | null;
  readonly dataDir: string;
  readonly log: Log;
}): Promise<ConnectedRedis> => {
  if (options.redisUrl !== null) return { address: options.redisUrl, stop: async () => {} };
  const dir = redisFolder(options.dataDir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socket = socketOf(dir);
  if (socket !== null && isLocked(dir) && readOwner(dir)?.purpose === 'service') {
    const client = await tryConnect(socket, 10_000);
    client?.disconnect();
    if (client) return { address: socket, stop: async () => {} };
  }
  return startEmbeddedRedis({ dataDir: options.dataDir, log: options.log, purpose: 'command' });
};
