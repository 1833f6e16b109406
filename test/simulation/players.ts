import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Played } from './player.ts';

/** Hands orders to so many processes as they have time, and what they found to `hear`, until it says that it is enough. */
export const playAll = async (orders: Iterable<Order>, processes: number, hear: (played: Played) => Promise<boolean>): Promise<void> => {
  const waiting = orders[Symbol.iterator]();
  let isEnough = false;
  const player = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('player.ts', import.meta.url)));
    const gone = once(child, 'exit');
    for (let next = waiting.next(); !isEnough && !next.done; next = waiting.next()) {
      child.send(next.value);
      const heard = await Promise.race([once(child, 'message') as Promise<[Played]>, gone.then(() => undefined)]);
      if (!heard) throw new Error(`a process ended while it played seed ${next.value.scenario.seed}`);
      if (!(await hear(heard[0]))) isEnough = true;
    }
    child.disconnect();
    await gone;
  };
  await Promise.all(Array.from({ length: processes }, player));
};
