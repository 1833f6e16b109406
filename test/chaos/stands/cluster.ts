import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busPort, slotCount } from '../../support/redis-topologies.ts';
import { eventually } from '../../support/demo.ts';
import { patienceMs, pause } from '../pause.ts';
import { durableSettings, type RedisNode, startNode } from './node.ts';
import { judgesClient, type RedisStand } from './stand.ts';

const masters = 3;
const nodeTimeoutMs = 2_000;

/** Three masters on loopback, each with a replica of its own or none. */
export type ClusterStand = RedisStand & {
  /** Kills the master that has this key. Where it has a replica, that one takes over before the old master comes back. */
  readonly loseMasterOf: (key: string) => Promise<void>;
};

const commonSettings = (port: number, dir: string): readonly string[] => [
  '--port',
  `${port}`,
  '--dir',
  dir,
  '--cluster-enabled',
  'yes',
  '--cluster-port',
  `${busPort(port)}`,
  '--cluster-node-timeout',
  `${nodeTimeoutMs}`,
];

const startMember = (dir: string, hasReplicas: boolean): Promise<RedisNode> =>
  startNode({
    dir,
    settings: (port) => [
      ...commonSettings(port, dir),
      ...(hasReplicas ? ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '2'] : []),
      ...durableSettings,
    ],
  });

const startAll = async (dir: string, hasReplicas: boolean): Promise<readonly RedisNode[]> => {
  const count = hasReplicas ? 2 * masters : masters;
  const nodes = await Promise.all(Array.from({ length: count }, (_, index) => startMember(join(dir, `${index}`), hasReplicas)));
  const [first] = nodes;
  for (const [index, { redis }] of nodes.entries()) {
    await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`);
    if (index < masters) {
      const from = Math.ceil((slotCount / masters) * index);
      await redis.call('CLUSTER', 'ADDSLOTSRANGE', `${from}`, `${Math.ceil((slotCount / masters) * (index + 1)) - 1}`);
    }
    if (index > 0) await redis.call('CLUSTER', 'MEET', '127.0.0.1', `${first!.port}`, `${busPort(first!.port)}`);
  }
  const infos = () => Promise.all(nodes.map(({ redis }) => redis.call('CLUSTER', 'INFO').then(String)));
  await eventually(infos, (all) => all.every((info) => info.includes(`cluster_known_nodes:${count}`)), patienceMs);
  for (const [index, { redis }] of nodes.slice(masters).entries())
    await eventually(
      async () => redis.call('CLUSTER', 'REPLICATE', String(await nodes[index]!.redis.call('CLUSTER', 'MYID'))).catch(String),
      (answer) => answer === 'OK',
    );
  await eventually(infos, (all) => all.every((info) => info.includes('cluster_state:ok')), patienceMs);
  return nodes;
};

export const startClusterStand = async ({ hasReplicas }: { readonly hasReplicas: boolean }): Promise<ClusterStand> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-cluster-'));
  const nodes = await startAll(dir, hasReplicas);
  const url = `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  /** As the others tell it, whoever of them is up. */
  const masterOf = async (slot: number): Promise<RedisNode | undefined> => {
    for (const { redis, isUp } of nodes) {
      if (!isUp()) continue;
      const ranges = (await redis.call('CLUSTER', 'SLOTS')) as readonly (readonly [number, number, readonly [string, number]])[];
      const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1];
      const found = nodes.find((node) => node.port === port);
      if (found?.isUp()) return found;
    }
    return undefined;
  };
  const infoOf = async (node: RedisNode | undefined): Promise<string> => (await node?.redis.info('replication').catch(() => '')) ?? '';
  const untilWhole = (slot: number): Promise<unknown> =>
    eventually(
      async () => [await infoOf(await masterOf(slot)), String(await nodes[0]!.redis.call('CLUSTER', 'INFO'))],
      ([info, cluster]) =>
        info!.includes('role:master') &&
        (!hasReplicas || info!.includes('min_slaves_good_slaves:1')) &&
        cluster!.includes('cluster_state:ok'),
      patienceMs,
    );
  for (let index = 0; index < masters; index++) await untilWhole(Math.ceil((slotCount / masters) * index));
  const client = judgesClient(url);
  return {
    url,
    client,
    replicas: hasReplicas ? 1 : 0,
    loseMasterOf: async (key) => {
      const slot = Number(await nodes[0]!.redis.call('CLUSTER', 'KEYSLOT', key));
      const lost = await masterOf(slot);
      if (!lost) throw new Error(`nobody has ${key}`);
      await lost.kill();
      if (hasReplicas)
        await eventually(
          () => masterOf(slot),
          (now) => now !== undefined && now !== lost,
          patienceMs,
        );
      else await pause(nodeTimeoutMs * 1.5);
      await lost.start();
      await untilWhole(slot);
    },
    stop: async () => {
      client.disconnect();
      for (const node of nodes) await node.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
