import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/demo.ts';
import { patienceMs, pause } from '../pause.ts';
import { type Link, startLink } from './link.ts';
import { durableSettings, type RedisNode, startNode } from './node.ts';
import { judgesClient, type RedisStand } from './stand.ts';

const sentinels = 3;
const name = 'main';
/** A replica is there for so long after its last word, seconds; less than it takes to be taken for down. */
const replicaSettings = ['--min-replicas-to-write', '1', '--min-replicas-max-lag', '2'];
const downAfterMs = 2_500;

type Member = { readonly node: RedisNode; readonly link: Link };

/** A primary, a replica and three sentinels; everybody reaches the two through their wires. */
export type SentinelStand = RedisStand & {
  /** Which of the two the sentinels name. */
  readonly primary: () => Promise<Member>;
  /**
   * Takes the primary away until another is named, then gives it back. What it says to its replica is held for `heldMs`
   * before, and lost. A primary that comes back believes that it leads, until the sentinels see it, after some 10 to 20
   * seconds, or for `leadsMs`.
   */
  readonly failOver: (how: 'kill' | 'pause', heldMs: number, leadsMs: number) => Promise<void>;
};

const startMember = async (dir: string): Promise<Member> => {
  let port = 0;
  const link = await startLink(() => port);
  const announced = ['--replica-announce-ip', '127.0.0.1', '--replica-announce-port', `${link.port}`];
  const settings = [...durableSettings, ...replicaSettings, ...announced];
  const node = await startNode({ dir, settings: (port) => ['--port', `${port}`, '--dir', dir, ...settings] });
  ({ port } = node);
  return { node, link };
};

export const startSentinelStand = async (): Promise<SentinelStand> => {
  const dir = await mkdtemp(join(tmpdir(), 'zg-sentinel-'));
  const [first, second] = [await startMember(join(dir, 'a')), await startMember(join(dir, 'b'))];
  const members = [first, second];
  await second.node.redis.replicaof('127.0.0.1', first.link.port);
  const conf = [
    `sentinel monitor ${name} 127.0.0.1 ${first.link.port} 2`,
    `sentinel down-after-milliseconds ${name} ${downAfterMs}`,
    `sentinel failover-timeout ${name} 5000`,
    `sentinel parallel-syncs ${name} 1`,
  ].join('\n');
  const guards: RedisNode[] = [];
  for (let index = 0; index < sentinels; index++) {
    const file = join(dir, `sentinel-${index}.conf`);
    await writeFile(file, `${conf}\n`);
    guards.push(await startNode({ dir, settings: (port) => [file, '--sentinel', '--port', `${port}`, '--bind', '127.0.0.1'] }));
  }
  const url = `redis+sentinel://${guards.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${name}`;
  const asked = guards[0]!.redis;
  const told = async (what: string): Promise<number> => ((await asked.call('SENTINEL', what, name)) as readonly unknown[]).length;
  await eventually(
    async () => [await told('REPLICAS'), await told('SENTINELS')],
    ([replicas, others]) => replicas === 1 && others === sentinels - 1,
    patienceMs,
  );

  const primary = async (): Promise<Member> => {
    const [, port] = (await asked.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)) as readonly string[];
    return members.find(({ link }) => link.port === Number(port))!;
  };
  /** The other one hears everything that the primary is told. */
  const untilWhole = (): Promise<unknown> =>
    eventually(
      async () => (await primary()).node.redis.info('replication').catch(() => ''),
      (info) => info.includes('role:master') && /slave0:.*state=online/u.test(info) && info.includes('min_slaves_good_slaves:1'),
      patienceMs,
    );
  await untilWhole();
  const client = judgesClient(url);
  return {
    url,
    client,
    replicas: 1,
    primary,
    failOver: async (how, heldMs, leadsMs) => {
      const { node, link } = await primary();
      if (heldMs > 0) {
        link.hold();
        await pause(heldMs);
      }
      if (how === 'kill') await node.kill();
      else node.signal('SIGSTOP');
      link.cut();
      await eventually(primary, (now) => now.node !== node, patienceMs);
      if (how === 'kill') await node.start();
      else node.signal('SIGCONT');
      const demoting = pause(leadsMs).then(async () => node.redis.replicaof('127.0.0.1', (await primary()).link.port));
      await untilWhole();
      await demoting;
    },
    stop: async () => {
      client.disconnect();
      for (const guard of guards) await guard.stop();
      for (const { node, link } of members) {
        node.signal('SIGCONT');
        await node.stop();
        await link.stop();
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
};
