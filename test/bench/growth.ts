import { roundAt } from './bureau.ts';
import { moveClock, startEngineProcess, until, untilQuiet } from './engine.ts';
import { type Figure, toFigure } from './figure.ts';
import { usedBytes } from './memory.ts';
import { redisTaken } from './process-time.ts';
import { movedClock } from './stage.ts';
import { openGround, type Ground } from './ground.ts';

const stagingMs = 3_600_000;
const startingMs = 180_000;

/** What one bureau has taken: processor time of the service and of Redis, by what was done. */
type Taken = {
  readonly startMs: number;
  readonly startNodeMs: number;
  readonly roundMs: number;
  readonly rssBytes: number;
  readonly askedNodeMs: number;
  readonly askedRedisMs: number;
  readonly answeredNodeMs: number;
  readonly answeredRedisMs: number;
  readonly idleNodeMs: number;
};

/** Long enough to see what runs each second; of a handful of posts nobody wants to know. */
const idleMsOf = (posts: number): number => (posts < 1_000 ? 200 : 3_000);

/** A service is started, asks all posts, has them answer, and rests. */
const playBureau = async (ground: Ground, bureau: string, posts: number): Promise<Taken> => {
  const clock = movedClock(roundAt - stagingMs - Date.now());
  const place = await ground.fill(bureau, posts, clock);
  moveClock(place, roundAt - startingMs);
  const beganAt = performance.now();
  const engine = await startEngineProcess(place);
  const startMs = performance.now() - beganAt;
  await untilQuiet(place);
  const [redis] = ground.nodes;
  const look = async () => ({ node: await engine.report(), redis: await redisTaken(redis!) });
  const started = await look();
  const roundBeganAt = performance.now();
  engine.moveClock(roundAt - 100);
  await until(async () => (await engine.report()).handed >= posts, 'every notice is handed over');
  const roundMs = performance.now() - roundBeganAt;
  await untilQuiet(place);
  const asked = await look();
  await engine.answer(1, posts);
  await untilQuiet(place);
  const answered = await look();
  await new Promise((resolve) => setTimeout(resolve, idleMsOf(posts)));
  const rested = await look();
  await engine.stop();
  return {
    startMs,
    startNodeMs: started.node.cpuMs,
    roundMs,
    rssBytes: answered.node.rssBytes,
    askedNodeMs: asked.node.cpuMs - started.node.cpuMs,
    askedRedisMs: asked.redis.cpuMs - started.redis.cpuMs,
    answeredNodeMs: answered.node.cpuMs - asked.node.cpuMs,
    answeredRedisMs: answered.redis.cpuMs - asked.redis.cpuMs,
    idleNodeMs: ((rested.node.cpuMs - answered.node.cpuMs) / idleMsOf(posts)) * 1000,
  };
};

export type PostsSize = {
  readonly suffix: string;
  readonly posts: number;
  /** More posts than one bureau has are several bureaus on one Redis, one after the other. */
  readonly bureaus: number;
};

/**
 * What a post costs among so many: memory of Redis without its ledger (a ledger is sealed and trimmed), processor time of
 * the service and of Redis for asking everybody once and for everybody's answer (without the door that it comes through,
 * which `answers` measures), how long a service takes to start and to ask everybody, and what it takes at rest.
 */
export const measurePosts = async ({ suffix, posts, bureaus }: PostsSize): Promise<readonly Figure[]> => {
  const ground = await openGround(1);
  const [redis] = ground.nodes;
  try {
    await playBureau(ground, 'first', 1);
    const before = await usedBytes(redis!);
    const each = Math.ceil(posts / bureaus);
    const all: Taken[] = [];
    for (let index = 0; index < bureaus; index += 1) {
      const bureau = `b${index}`;
      all.push(await playBureau(ground, bureau, each));
      await redis!.xtrim(ground.keysOf(bureau).ledger, 'MAXLEN', 0);
    }
    const bytes = (await usedBytes(redis!)) - before;
    const n = each * bureaus;
    const sum = (read: (one: Taken) => number): number => all.reduce((total, one) => total + read(one), 0);
    const figure = (name: string, value: number, unit: string): Figure => toFigure({ name: `growth.${name}.${suffix}`, value, unit, n });
    return [
      figure('memory', bytes / n, 'B/post'),
      figure('asked.node', sum((one) => one.askedNodeMs) / n, 'ms/post'),
      figure('asked.redis', sum((one) => one.askedRedisMs) / n, 'ms/post'),
      figure('answered.node', sum((one) => one.answeredNodeMs) / n, 'ms/post'),
      figure('answered.redis', sum((one) => one.answeredRedisMs) / n, 'ms/post'),
      figure('start', sum((one) => one.startMs) / bureaus, 'ms/bureau'),
      figure('start.node', sum((one) => one.startNodeMs) / bureaus, 'ms/bureau'),
      figure('round', sum((one) => one.roundMs) / bureaus, 'ms/bureau'),
      figure('rest', sum((one) => one.idleNodeMs) / bureaus, 'ms/s/bureau'),
      figure('process', sum((one) => one.rssBytes) / bureaus / 1_000_000, 'MB/bureau'),
    ];
  } finally {
    await ground.close();
  }
};
