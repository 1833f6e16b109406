import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AggregatorRegistry } from 'prom-client';
import type { Environment } from '../config/environment.ts';
import type { Log } from '../ports/log.ts';
import type { Service } from './service.ts';
import { createSilence, tickMs } from './silence.ts';

/** What a worker says; `failed` in words for people. */
export type FromWorker =
  | { readonly type: 'alive' }
  | { readonly type: 'release' }
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'metrics'; readonly request: number };

/** `text` of metrics is missing where somebody did not answer. */
export type ToWorker =
  | { readonly type: 'start'; readonly env: Environment; readonly address: string }
  | { readonly type: 'released' }
  | { readonly type: 'stop' }
  | { readonly type: 'metrics'; readonly request: number; readonly text?: string };

/** Longer than a worker gives its own work in hand, once it has drained. */
const longestStopMs = 8_000;
const longestRestMs = 5_000;
/** Longer than anything that a worker may honestly do in one go, and than a machine that is short of everything holds it up. */
const mostSilentTicks = 30;
const restMs = (failures: number): number => Math.min(100 * 2 ** failures, longestRestMs);

/**
 * Several whole processes of the service that share one port; this one only watches over them. A worker that ends by
 * itself is replaced: what it had in hand comes back by itself to the others, as after the end of any instance. One that
 * hangs is ended first: the kernel would go on giving it its share of the callers.
 * Rejects with the first worker's fault where it can't start.
 */
export const startWorkers = async (
  env: Environment,
  address: string,
  log: Log,
  releasePort = async () => {},
  mostTicks = mostSilentTicks,
): Promise<Service> => {
  cluster.setupPrimary({ exec: fileURLToPath(new URL('../main.ts', import.meta.url)), args: [] });
  const metrics = new AggregatorRegistry();
  const running = new Set<Worker>();
  const silence = createSilence<Worker>(mostTicks);
  let isStopping = false;

  const answer = async (worker: Worker, message: FromWorker): Promise<void> => {
    const tell = (told: ToWorker): void => void (worker.isConnected() && worker.send(told));
    if (message.type === 'release') {
      await releasePort();
      tell({ type: 'released' });
    } else if (message.type === 'metrics') {
      const text = await metrics.clusterMetrics().catch(() => undefined);
      tell({ type: 'metrics', request: message.request, ...(text === undefined ? {} : { text }) });
    }
  };

  let { port } = env;
  const start = async (): Promise<{ readonly worker: Worker; readonly url: string }> => {
    const worker = cluster.fork();
    running.add(worker);
    worker.once('exit', () => {
      running.delete(worker);
      silence.forget(worker);
    });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    worker.on('message', (message: FromWorker) => {
      // what it said last may come after its end
      if (running.has(worker)) silence.hear(worker);
      if (message.type === 'ready') resolve(message.url);
      else if (message.type === 'failed') reject(new Error(message.message));
      else void answer(worker, message);
    });
    worker.once('exit', (code, signal) => reject(new Error(`a worker ended while it was starting (${signal ?? code})`)));
    const order: ToWorker = { type: 'start', env: { ...env, port }, address };
    worker.send(order);
    return { worker, url: await promise };
  };

  const replace = async (): Promise<void> => {
    for (let failures = 0; !isStopping; failures++) {
      await new Promise((resolve) => setTimeout(resolve, restMs(failures)));
      if (isStopping) return;
      try {
        return watch((await start()).worker);
      } catch (error) {
        log.error({ error: String(error) }, 'a worker can not be started again; trying once more');
      }
    }
  };
  const watch = (worker: Worker): void => {
    worker.once('exit', (code, signal) => {
      if (isStopping) return;
      log.error({ pid: worker.process.pid, why: signal ?? code }, 'a worker has ended by itself; starting another');
      void replace();
    });
  };

  const listening = setInterval(() => {
    for (const worker of silence.tick()) {
      log.error({ pid: worker.process.pid, ticks: mostTicks }, 'a worker hangs: it has not said for so long that it lives; ending it');
      // also where it is held: any other signal would wait until it goes on
      worker.process.kill('SIGKILL');
    }
  }, tickMs);

  const stop = async (): Promise<void> => {
    isStopping = true;
    clearInterval(listening);
    const ending = [...running].map((worker) => once(worker, 'exit'));
    const order: ToWorker = { type: 'stop' };
    for (const worker of running) if (worker.isConnected()) worker.send(order);
    const late = setTimeout(() => running.forEach((worker) => worker.process.kill('SIGKILL')), env.drainMs + longestStopMs);
    await Promise.all(ending);
    clearTimeout(late);
  };

  try {
    // One first: what is made once on empty data is made by it, and a fault is said once.
    const first = await start();
    port = Number(new URL(first.url).port) || port;
    const others = await Promise.all(Array.from({ length: env.workers - 1 }, start));
    for (const { worker } of [first, ...others]) watch(worker);
    return { url: first.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
