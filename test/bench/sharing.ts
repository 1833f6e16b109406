import { availableParallelism } from 'node:os';
import { roundAt } from './bureau.ts';
import { type Engine, moveClock, type Place, startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, toFigure } from './figure.ts';
import { type Ground, openGround } from './ground.ts';
import { redisTaken, watchDisk } from './process-time.ts';
import { movedClock } from './stage.ts';

const stagingMs = 3_600_000;
const startingMs = 240_000;
const firstReminderMs = 180_000;
/** A network of this width is taken for the one between machines. */
const networkBytesPerSecond = 125_000_000;

export type SharingSize = {
  /** Over all bureaus. */
  readonly posts: number;
  readonly bureaus: number;
  /** Of each bureau. */
  readonly instances: number;
};

type Bureau = { readonly place: Place; readonly engines: readonly Engine[] };

const openBureau = async (ground: Ground, name: string, posts: number, instances: number): Promise<Bureau> => {
  const clock = movedClock(roundAt - stagingMs - Date.now());
  const place = await ground.fill(name, posts, clock);
  moveClock(place, roundAt - startingMs);
  return { place, engines: await Promise.all(Array.from({ length: instances }, () => startEngineProcess(place))) };
};

const handedBy = async ({ engines }: Bureau): Promise<readonly number[]> =>
  Promise.all(engines.map(async (engine) => (await engine.report()).handed));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Names whose bureaus lie on different nodes as evenly as names can: in Redis Cluster the name decides. */
const bureauNames = async ({ nodes, keysOf }: Ground, count: number): Promise<readonly string[]> => {
  const slots = await nodes[0]!.cluster('SLOTS');
  const nodeOf = async (name: string): Promise<number> => {
    const slot = await nodes[0]!.cluster('KEYSLOT', keysOf(name).state);
    return slots.findIndex(([from, to]) => from <= slot && slot <= to);
  };
  const taken = new Map<number, number>();
  const names: string[] = [];
  for (let no = 1; names.length < count; no += 1) {
    const node = await nodeOf(`b${no}`);
    const most = Math.floor(names.length / nodes.length);
    if ((taken.get(node) ?? 0) > most) continue;
    taken.set(node, (taken.get(node) ?? 0) + 1);
    names.push(`b${no}`);
  }
  return names;
};

/**
 * Several bureaus on a Redis Cluster of three nodes on this machine, each with as many instances as wished: all posts are
 * asked, and three minutes later reminded, which every instance decides a part of. How fast, how evenly the instances
 * share it, and of what they take most; the largest share is what is full first.
 */
export const measureSharing = async ({ posts, bureaus, instances }: SharingSize): Promise<readonly Figure[]> => {
  const ground = await openGround(3);
  const all: Bureau[] = [];
  try {
    const each = Math.ceil(posts / bureaus);
    const names = await bureauNames(ground, bureaus);
    for (const name of names) all.push(await openBureau(ground, name, each, instances));
    for (const { place } of all) await untilQuiet(place);
    const engines = all.flatMap((bureau) => bureau.engines);
    const look = async () => ({
      handed: (await Promise.all(all.map(handedBy))).flat(),
      nodes: (await Promise.all(engines.map((engine) => engine.report()))).map(({ cpuMs }) => cpuMs),
      redis: await Promise.all(ground.nodes.map(redisTaken)),
    });
    const before = await look();
    const endDisk = watchDisk(before.redis.map(({ pid }) => pid));
    const beganAt = performance.now();
    const goOnTo = async (at: number, wanted: number): Promise<void> => {
      for (const engine of engines) engine.moveClock(at);
      await until(
        async () => sum((await Promise.all(all.map(handedBy))).flat()) - sum(before.handed) >= wanted,
        'every notice is handed over',
      );
    };
    await goOnTo(roundAt - 100, each * bureaus);
    await goOnTo(roundAt + firstReminderMs, 2 * each * bureaus);
    const tookMs = performance.now() - beganAt;
    const disk = await endDisk();
    const after = await look();
    const n = sum(after.handed) - sum(before.handed);
    const shares = all.map((_, at) => {
      const mine = after.handed
        .slice(at * instances, (at + 1) * instances)
        .map((count, index) => count - before.handed[at * instances + index]!);
      return (Math.min(...mine) * instances) / Math.max(1, sum(mine));
    });
    const node = after.nodes.map((cpuMs, index) => (cpuMs - before.nodes[index]!) / tookMs);
    const redis = after.redis.map(({ cpuMs }, index) => (cpuMs - before.redis[index]!.cpuMs) / tookMs);
    const netBytes = sum(after.redis.map(({ netBytes: bytes }, index) => bytes - before.redis[index]!.netBytes));
    const network = netBytes / (tookMs / 1000) / networkBytesPerSecond;
    const name = `growth.${bureaus}x${instances}`;
    const figure = (of: string, value: number, unit: string): Figure => toFigure({ name: `${name}.${of}`, value, unit, n });
    const parts = {
      node: Math.max(...node),
      redis: Math.max(...redis),
      disk: Math.max(...disk),
      network,
      machine: (sum(node) + sum(redis)) / availableParallelism(),
    };
    const [first] = Object.entries(parts).toSorted(([, one], [, other]) => other - one);
    return [
      figure('rate', n / (tookMs / 1000), 'notices/s'),
      figure('cpu', ((sum(node) + sum(redis)) * tookMs) / n, 'ms/notice'),
      figure('evenness', Math.min(...shares), 'of an even share'),
      figure('node', parts.node, 'of a core'),
      figure('redis', parts.redis, 'of a core'),
      figure('disk', parts.disk, 'of the time'),
      figure('network', parts.network, 'of 1 Gb/s'),
      figure('machine', parts.machine, 'of all cores'),
      figure(`first.${first![0]}`, first![1], 'of what there is'),
    ];
  } finally {
    await Promise.all(all.flatMap(({ engines }) => engines.map((engine) => engine.stop())));
    await ground.close();
  }
};

/** Every number of bureaus with every number of instances. */
export const measureSharings = async (posts: number, counts: readonly number[]): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const bureaus of counts) for (const instances of counts) figures.push(...(await measureSharing({ posts, bureaus, instances })));
  return figures;
};
