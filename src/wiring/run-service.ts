import { join } from 'node:path';
import { createLog } from '../../adapters/log/pino-log.ts';
import { startEmbeddedRedis } from '../../adapters/redis/embedded.ts';
import { parseRedisTarget } from '../../adapters/redis/target.ts';
import { readEnvironment, warningsOf, type Environment } from '../config/environment.ts';
import type { Log } from '../ports/log.ts';
import { type Begun, endAll } from './begun.ts';
import { makeDataFolder } from './data-folder.ts';
import { claimPort } from './port.ts';
import { startService } from './service.ts';
import { toStartFault } from './start-fault.ts';
import { startWorkers } from './workers.ts';

const demoHint = '  the demo campaign: open it in a browser; Ctrl-C ends it, npm start goes on where it stopped\n';

/** Resolves with the first signal to end, from now on; whoever asks twice is not kept waiting. */
const untilTold = (): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let times = 0;
  const hear = (signal: string): void => {
    times += 1;
    // the embedded Redis ends with us however we end
    if (times > 1) process.exit(1);
    resolve(signal);
  };
  process.on('SIGTERM', hear);
  process.on('SIGINT', hear);
  return promise;
};

/** In this process, or in as many as were asked for. */
export const startProcesses = (env: Environment, ...parts: [address: string, log: Log, releasePort?: () => Promise<void>]) =>
  env.workers > 1 ? startWorkers(env, ...parts) : startService(env, ...parts);

/** Whatever has begun is in `begun`, also when the rest can't: a port that is still held would keep a failed start alive. */
const beginAll = async (env: Environment, log: Log, begun: Begun) => {
  // A port that is taken is found before anything has begun that would have to be ended.
  const port = await claimPort(env.host, env.port);
  begun.push(port.release);
  const embedded = env.redisUrl === null ? await startEmbeddedRedis({ dataDir: env.dataDir, log }) : undefined;
  if (embedded) begun.push(embedded.stop);
  try {
    return { service: await startProcesses(env, embedded?.address ?? env.redisUrl ?? '', log, port.release), embedded };
  } catch (error) {
    throw toStartFault(error, embedded && join(env.dataDir, 'redis', 'redis.log'));
  }
};

/** Runs until it is told to end; ends in order, the embedded Redis last. */
export const runService = async (variables: NodeJS.ProcessEnv): Promise<void> => {
  // Before anything has begun: a signal in the middle of the start must not leave a Redis behind.
  const told = untilTold();
  const env = readEnvironment(variables, parseRedisTarget);
  const log = createLog(env.logLevel);
  for (const warning of warningsOf(env)) log.warn({}, warning);
  makeDataFolder(env.dataDir);
  const begun: Begun = [];
  const { service, embedded } = await beginAll(env, log, begun).catch(async (error: unknown) => {
    await endAll(begun);
    throw error;
  });
  process.stderr.write(`zaigang is ready: ${service.url}\n${env.campaignFile === null ? demoHint : ''}`);
  log.info({ signal: await told }, 'ending in order');
  await service.stop();
  await embedded?.stop();
  process.exit(0);
};
