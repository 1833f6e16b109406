import { once } from 'node:events';
import { join } from 'node:path';
import { AggregatorRegistry } from 'prom-client';
import type { GatherMetrics } from '../../adapters/http/server.ts';
import { createLog } from '../../adapters/log/pino-log.ts';
import { Fault } from '../ports/fault.ts';
import { startService, type Service } from './service.ts';
import { toStartFault } from './start-fault.ts';
import type { FromWorker, ToWorker } from './workers.ts';

const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

/** The primary's next message of a type. */
const hear = async <T extends ToWorker['type']>(type: T): Promise<Extract<ToWorker, { readonly type: T }>> => {
  for (;;) {
    const [message] = (await once(process, 'message')) as [ToWorker];
    if (message.type === type) return message as Extract<ToWorker, { readonly type: T }>;
  }
};

const releasePort = async (): Promise<void> => {
  const released = hear('released');
  await tell({ type: 'release' });
  await released;
};

/** The metrics of all workers as one, as whoever reads them expects of one port. */
const gatherMetrics: GatherMetrics = (registry) => {
  // the second is empty; making it is what has this process answer when the primary asks for ours
  AggregatorRegistry.setRegistries([registry, new AggregatorRegistry()]);
  let requests = 0;
  return async () => {
    const request = (requests += 1);
    await tell({ type: 'metrics', request });
    for (;;) {
      const answer = await hear('metrics');
      if (answer.request !== request) continue;
      if (answer.text === undefined) throw new Fault('ZG_NOT_READY', 'a process is just starting');
      return answer.text;
    }
  };
};

/** One of several processes of the service: begins when the primary says so, and ends with it. */
export const runWorker = async (): Promise<void> => {
  // The terminal tells everybody to end: the primary ends us in order, and whatever we stand on after us.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
  const { env, address } = await hear('start');
  const stopped = Promise.race([hear('stop'), once(process, 'disconnect')]);
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
