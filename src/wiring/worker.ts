import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import type { GatherMetrics } from '../../adapters/http/server.ts';
import { createLog } from '../../adapters/log/pino-log.ts';
import { Fault } from '../ports/fault.ts';
import { startService, type Service } from './service.ts';
import { tickMs } from './silence.ts';
import { toStartFault } from './start-fault.ts';
import type { FromWorker, ToWorker } from './workers.ts';

const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

type Heard<T extends ToWorker['type']> = Extract<ToWorker, { readonly type: T }>;

/** The primary's next message of a type that fits. Listens from this very moment on: several may come in one go. */
const hear = <T extends ToWorker['type']>(type: T, fits: (message: Heard<T>) => boolean = () => true): Promise<Heard<T>> =>
  new Promise((resolve) => {
    const listen = (message: ToWorker): void => {
      if (message.type !== type || !fits(message as Heard<T>)) return;
      process.off('message', listen);
      resolve(message as Heard<T>);
    };
    process.on('message', listen);
  });

const releasePort = async (): Promise<void> => {
  const released = hear('released');
  await tell({ type: 'release' });
  await released;
};

/** For ever. The next word waits until the last is out: a primary that is held finds a few, not one for each second. */
const sayAlive = async (): Promise<never> => {
  for (;;) {
    await tell({ type: 'alive' });
    await rest(tickMs);
  }
};

/** The metrics of all workers as one, as whoever reads them expects of one port. */
const gatherMetrics: GatherMetrics = (registry) => {
  // the second is empty; making it is what has this process answer when the primary asks for ours
  AggregatorRegistry.setRegistries([registry, new AggregatorRegistry()]);
  let requests = 0;
  return async () => {
    const request = (requests += 1);
    const answer = hear('metrics', (message) => message.request === request);
    await tell({ type: 'metrics', request });
    const { text } = await answer;
    if (text === undefined) throw new Fault('ZG_NOT_READY', 'a process is just starting');
    return text;
  };
};

/** One of several processes of the service: begins when the primary says so, and ends with it. */
export const runWorker = async (): Promise<void> => {
  // The terminal tells everybody to end: the primary ends us in order, and whatever we stand on after us.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  // Before anything is awaited: the order to stop may come right behind the one to start.
  const stopped = Promise.race([hear('stop'), once(process, 'disconnect')]);
  const { env, address } = await hear('start');
  void sayAlive();
  let service: Service;
  try {
    service = await startService(env, address, createLog(env.logLevel), releasePort, gatherMetrics);
  } catch (error) {
    const fault = toStartFault(error, env.redisUrl === null ? join(env.dataDir, 'redis', 'redis.log') : undefined);
    await tell({ type: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
    process.exit(1);
  }
  await tell({ type: 'ready', url: service.url });
  await stopped;
  await service.stop();
  process.exit(0);
};
