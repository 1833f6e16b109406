import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../src/ports/log.ts';
import { createRedis, type RedisClient, untilReady } from './connect.ts';
import { checkDurability } from './durability.ts';

/** One that has ended but was not buried by its parent (in a container often nobody does) is dead. */
const isZombie = (pid: number): boolean => {
  try {
    return /^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, ''));
  } catch {
    return false; // no /proc here, or gone this instant: the next look will tell
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
};

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    try {
      return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    } catch {
      return '';
    }
  }
};

/** The process that the folder remembers, if it is still the server on this socket and not a stranger with the same number. */
export const recordedServer = (dir: string, socket: string): number | null => {
  try {
    const pid = Number(readFileSync(join(dir, 'redis.pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 1 && isAlive(pid) && commandLine(pid).includes(socket) ? pid : null;
  } catch {
    return null;
  }
};

const patienceMs = 10_000;
const lookAgainMs = 20;

/** Resolves true when the process is gone, false when it is still there after a while. */
export const untilGone = async (pid: number, forMs = patienceMs): Promise<boolean> => {
  const giveUpAt = performance.now() + forMs;
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) return false;
    await pause(lookAgainMs);
  }
  return true;
};

/** Ends a server in order: it writes what it holds, and only one that doesn't listen is killed. */
export const endServer = async (pid: number): Promise<void> => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    if (await untilGone(pid)) return;
  }
  throw new Error(`ZG_REDIS_STUCK: the Redis with process id ${pid} can't be ended. End it by hand.`);
};

/** Long enough to load what a crash left; only a server that was stopped in its tracks takes longer. */
const answerMs = 10_000;

/** A client of the server that listens on the socket, or null where none answers. */
export const tryConnect = async (socket: string, timeoutMs = answerMs): Promise<RedisClient | null> => {
  const client = createRedis(socket, 'commands');
  try {
    await untilReady(client, timeoutMs);
    await client.ping();
    return client;
  } catch {
    client.disconnect();
    return null;
  }
};

const isListening = async (socket: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const connection = createConnection(socket, () => resolve(true)).once('error', () => resolve(false));
  const answer = await promise;
  connection.destroy();
  return answer;
};

/** A server that listens although no process of ours has its number: it lives in another container that shares the folder. */
const shutDownStranger = async (socket: string, log: Log): Promise<void> => {
  if (!(await isListening(socket))) return;
  log.warn({ socket }, 'Ending a Redis that runs on this folder but not among our processes');
  const client = await tryConnect(socket);
  await client?.shutdown('NOSAVE').catch(() => {}); // it answers by closing the connection
  client?.disconnect();
  const giveUpAt = performance.now() + patienceMs;
  while (await isListening(socket)) {
    if (performance.now() > giveUpAt)
      throw new Error(`ZG_REDIS_STUCK: another Redis listens on ${socket} and can't be ended. End it by hand.`);
    await pause(lookAgainMs);
  }
};

/**
 * What a service that was killed left running on the folder: its process id if it can be used as it is. One that is in the way
 * is ended. To be asked with the folder's lock held, so that there are never two servers on one append-only file.
 */
export const adoptLeftOver = async (dir: string, socket: string, log: Log): Promise<number | null> => {
  const recorded = recordedServer(dir, socket);
  if (recorded === null) {
    await shutDownStranger(socket, log);
    return null;
  }
  const client = await tryConnect(socket);
  const faults = client ? await checkDurability(client).catch(() => ['gone']) : ['no answer'];
  client?.disconnect();
  if (faults.length === 0 && isAlive(recorded)) {
    log.info({ pid: recorded }, 'Taking over the Redis that the last run left behind');
    return recorded;
  }
  log.warn({ pid: recorded, faults }, 'Ending the Redis that the last run left behind');
  await endServer(recorded);
  return null;
};
