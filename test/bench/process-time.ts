import { readFileSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** What a Redis has taken so far. */
export type RedisTaken = {
  readonly pid: number;
  /** Of the thread that runs commands, which is the one that can be full. */
  readonly cpuMs: number;
  readonly netBytes: number;
};

export const redisTaken = async (redis: Redis): Promise<RedisTaken> => {
  const info = await redis.info();
  const read = (field: string): number => Number(new RegExp(`^${field}:([\\d.]+)`, 'mu').exec(info)?.[1] ?? 0);
  return {
    pid: read('process_id'),
    cpuMs: (read('used_cpu_sys_main_thread') + read('used_cpu_user_main_thread')) * 1000,
    netBytes: read('total_net_input_bytes') + read('total_net_output_bytes'),
  };
};

const lookEveryMs = 5;

/** `D`: waiting for a disk. Undefined where the system does not tell, or the process has ended. */
const stateOf = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
  } catch {
    return undefined;
  }
};

/** The share of looks, from 0 to 1, at which each process waited for its disk. */
export const watchDisk = (pids: readonly number[]): (() => Promise<readonly number[]>) => {
  const waits = pids.map(() => 0);
  let looks = 0;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      looks += 1;
      for (const [index, pid] of pids.entries()) if (stateOf(pid) === 'D') waits[index]! += 1;
      await rest(lookEveryMs);
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    return waits.map((count) => count / Math.max(1, looks));
  };
};
