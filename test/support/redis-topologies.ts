import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const durable = ['--bind', '127.0.0.1', '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];

type Server = { readonly port: number; readonly redis: Redis; stop(): Promise<void> };

const startServer = async (dir: string, args: (port: number) => readonly string[]): Promise<Server> => {
  const port = await freePort();
  const child: ChildProcess = spawn('redis-server', [...args(port)], { stdio: 'ignore', cwd: dir });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const redis = new Redis({ port, maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => {}); // until it listens
  await redis.ping();
  return {
    port,
    redis,
    stop: async () => {
      redis.disconnect();
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      process.removeListener('exit', endWithUs);
    },
  };
};

/** Where the nodes gossip: any free port will do, and far from the first is nearly always free. */
export const busPort = (port: number): number => (port > 45_000 ? port - 20_000 : port + 20_000);

const startNode = (dir: string): Promise<Server> =>
  startServer(dir, (port) => [
    '--port',
    `${port}`,
    '--dir',
    dir,
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    `${busPort(port)}`,
    ...durable,
  ]);

export const slotCount = 16_384;

/** Resolves when the condition holds; bounded by the test's own time. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};

export type TestCluster = {
  readonly url: string;
  /** Nobody has the last slot from now on: the Cluster is down, and its nodes say so. */
  readonly tear: () => Promise<void>;
  readonly mend: () => Promise<void>;
  stop(): Promise<void>;
};

/** Three masters that share the slots. */
export const startCluster = async (): Promise<TestCluster> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-'));
  const nodes: Server[] = [];
  for (const name of ['a', 'b', 'c']) {
    await mkdir(join(dir, name));
    nodes.push(await startNode(join(dir, name)));
  }
  const third = Math.floor(slotCount / 3);
  for (const [index, node] of nodes.entries()) {
    const last = index === 2 ? slotCount - 1 : (index + 1) * third - 1;
    await node.redis.call('CLUSTER', 'ADDSLOTSRANGE', `${index * third}`, `${last}`);
    await node.redis.call('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`);
    const first = nodes[0];
    if (first && index > 0) await node.redis.call('CLUSTER', 'MEET', '127.0.0.1', `${first.port}`, `${busPort(first.port)}`);
  }
  const untilAll = (state: 'ok' | 'fail'): Promise<void> =>
    until(async () => {
      const infos = await Promise.all(nodes.map((node) => node.redis.call('CLUSTER', 'INFO')));
      return infos.every((info) => String(info).includes(`cluster_state:${state}`) && String(info).includes('cluster_known_nodes:3'));
    });
  await untilAll('ok');
  return {
    url: `redis+cluster://${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}`,
    tear: async () => {
      // its owner first: nobody hears of it again from those who have forgotten it
      for (const node of nodes.toReversed()) await node.redis.call('CLUSTER', 'DELSLOTS', `${slotCount - 1}`);
      await untilAll('fail');
    },
    mend: async () => {
      await nodes.at(-1)!.redis.call('CLUSTER', 'ADDSLOTS', `${slotCount - 1}`);
      await untilAll('ok');
    },
    stop: async () => {
      for (const node of nodes) await node.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** One master and one sentinel that watches it. */
export const startSentinel = async (): Promise<{ readonly url: string; readonly master: Redis; stop(): Promise<void> }> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-'));
  const master = await startServer(dir, (port) => ['--port', `${port}`, '--dir', dir, ...durable]);
  const settings = join(dir, 'sentinel.conf');
  await writeFile(settings, `sentinel monitor main 127.0.0.1 ${master.port} 1\n`);
  const sentinel = await startServer(dir, (port) => [settings, '--sentinel', '--port', `${port}`, '--bind', '127.0.0.1']);
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel.port}/main`,
    master: master.redis,
    stop: async () => {
      await sentinel.stop();
      await master.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
