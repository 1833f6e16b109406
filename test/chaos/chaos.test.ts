import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { loadCampaign } from '../../src/config/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import { evolve } from '../../src/domain/escalation/evolve.ts';
import { isEnded, type Obligation } from '../../src/domain/escalation/obligation.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { replay } from '../../src/domain/ledger/replay.ts';
import type { Stored } from '../../src/ports/store.ts';
import { type Demo, eventually, startDemo } from '../support/demo.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { campaignFile, inventBureau, type ChaosBureau } from './bureau.ts';
import { chanceOf } from './chance.ts';
import { startCrowd } from './crowd.ts';
import { byObligation, faultsOfLedger, isStep, policyNamed } from './judge.ts';

/** How long processes are killed; CHAOS_SECONDS=600 for an evening. */
const seconds = Number(process.env['CHAOS_SECONDS'] ?? 15);
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const postCount = 200;
const roundEveryMs = 6_000;
const redisKills = Math.max(1, Math.round(seconds / 30));
const secret = 'a secret of the chaos test, long enough for production'.replaceAll(' ', '-');

let redis: TestRedis;
let folder: string;
let settings: CampaignSettings;
let bureau: ChaosBureau;
const keys = keysOf('chaos');
const services: (Demo | undefined)[] = [undefined, undefined];
const chance = chanceOf(seed);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const start = async (index: number): Promise<void> => {
  services[index] = undefined;
  services[index] = await startDemo({
    dataDir: folder,
    env: {
      ZAIGANG_MODE: 'production',
      CAMPAIGN_FILE: join(folder, 'campaign.json'),
      REDIS_URL: redis.url,
      DIRECTLINE_SECRET: secret,
      LOG_LEVEL: 'error',
    },
  });
};

const storeHere = () => createRedisStore(redis.redis, keys, { bundleWindowMs: settings.bundleWindowMs, now: Date.now });

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'zg-chaos-'));
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify(campaignFile(Date.now())));
  ({ settings } = loadCampaign(file));
  bureau = inventBureau(postCount, Date.now());
  await storeHere().commitCampaign(bureau, 0, []);
  await Promise.all([start(0), start(1)]);
});

afterAll(async () => {
  await Promise.all(services.map((service) => service?.kill()));
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Kills one process after another, and Redis now and then, for so long; each is started again at once. */
const rage = async (): Promise<{ readonly kills: number; readonly redisKills: number }> => {
  const endAt = performance.now() + seconds * 1_000;
  const redisAt = Array.from(
    { length: redisKills },
    (_, index) => performance.now() + ((index + 0.3 + 0.5 * chance()) / redisKills) * seconds * 1_000,
  );
  let kills = 0;
  let killedRedis = 0;
  const torment = async (index: number): Promise<void> => {
    while (performance.now() < endAt) {
      await pause(100 + chance() * 1_200);
      await services[index]?.kill();
      kills += 1;
      await start(index);
    }
  };
  const tormentRedis = async (): Promise<void> => {
    for (const at of redisAt) {
      await pause(Math.max(0, at - performance.now()));
      await redis.kill();
      killedRedis += 1;
      await redis.restart();
    }
  };
  await Promise.all([torment(0), torment(1), tormentRedis()]);
  return { kills, redisKills: killedRedis };
};

const readLedger = async (): Promise<readonly LedgerRow[]> => {
  const stream = createLedgerStream(redis.redis, keys, 'chaos');
  return stream.rows(0, Number.MAX_SAFE_INTEGER);
};

const readStates = async (): Promise<readonly Stored[]> => {
  const store = storeHere();
  const found: Stored[] = [];
  for (const type of ['obligation', 'watch', 'round'] as const)
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page = await store.scan(type, cursor);
      found.push(...page.items);
      ({ cursor } = page);
    }
  return [...new Map(found.map((one) => [one.id, one])).values()];
};

const obligationsIn = (states: readonly Stored[]): readonly Obligation[] =>
  states.flatMap(({ aggregate }) => (aggregate.type === 'obligation' ? [aggregate.state] : []));

/** Every ladder has come to its top or its end, and nothing waits anywhere. */
const untilQuiet = async (): Promise<void> => {
  const lastStepOf = (o: Obligation): number => settings.policies[o.policy]!.steps.at(-1)!.afterMs;
  await eventually(
    async () => {
      const queue = `${keys.prefix}:deliver`;
      const climbing = obligationsIn(await readStates()).filter((o) => !isEnded(o) && o.throughMs < lastStepOf(o)).length;
      const waiting = await Promise.all([
        redis.redis.xlen(keys.inbox),
        redis.redis.xlen(keys.outbox),
        redis.redis.hlen(keys.bundles),
        redis.redis.llen(`${queue}:wait`),
        redis.redis.llen(`${queue}:active`),
        redis.redis.zcard(`${queue}:delayed`),
      ]);
      return [climbing, ...waiting];
    },
    (counts) => counts.every((count) => count === 0),
    90_000,
  );
};

it(
  'loses no step and takes none twice, though its processes and Redis are killed again and again',
  async () => {
    const origin = () => {
      const up = services.filter((service) => service !== undefined);
      return up[Math.floor(Math.random() * up.length)]?.url;
    };
    const crowd = startCrowd({ bureau, redis: redis.redis, keys, secret, chance, origin });
    await crowd.startRound();
    let isOver = false;
    const rounds = (async () => {
      while (!isOver) {
        await pause(roundEveryMs);
        if (!isOver) await crowd.startRound();
      }
    })();
    const survived = await rage();
    isOver = true;
    await rounds;
    await untilQuiet();
    await crowd.stop();
    await untilQuiet();

    const rows = await readLedger();
    const states = await readStates();
    const steps = rows.filter(isStep).length;
    const answers = rows.filter((row) => row.event === 'AnswerRecorded').length;
    process.stderr.write(
      `chaos: seed ${seed}, survived ${survived.kills} kills and ${survived.redisKills} of Redis; ` +
        `${rows.length} rows, ${steps} steps, ${answers} answers, ${crowd.accepted.length} messages (${crowd.retries()} refused and posted again)\n`,
    );
    const why = `seed ${seed}`;
    expect(steps, why).toBeGreaterThan(postCount);
    expect(answers, why).toBeGreaterThan(postCount / 4);
    expect(faultsOfLedger(rows, policyNamed(Object.values(settings.policies))), why).toEqual([]);
    expect(
      rows.filter((row) => row.event === 'MessageSetAside' || row.event === 'NoticeFailed'),
      why,
    ).toEqual([]);

    const replayed = replay(rows, evolve);
    for (const o of obligationsIn(states)) expect(o, `${why}: ${o.id}`).toEqual(replayed.get(o.id));
    const here = new Set(states.map((one) => one.id));
    const vanished = [...replayed.values()].filter((o) => !isEnded(o) && !here.has(o.id));
    expect(vanished, why).toEqual([]);

    expect(await withoutClock(states), why).toEqual([]);
    expect(withoutNotice(rows, [...replayed.values()]), why).toEqual([]);
    expect(withoutEffect(rows, crowd.accepted), why).toEqual([]);
  },
  (seconds + 200) * 1_000,
);

/** Whatever has not ended must be looked at again by itself. */
const withoutClock = async (states: readonly Stored[]): Promise<readonly string[]> => {
  const due = new Set(await redis.redis.zrange(keys.due, '0', '-1'));
  const byId = new Map(states.map((one) => [one.id, one.aggregate]));
  return states.flatMap(({ id, aggregate }) => {
    if (aggregate.type === 'obligation') return due.has(id) ? [] : [`${id} has no clock`];
    if (aggregate.type !== 'watch') return [];
    const { openObligationId } = aggregate.state;
    if (openObligationId === null) return due.has(id) && aggregate.state.nextCheckAt !== null ? [] : [`${id} has no clock`];
    const open = byId.get(openObligationId);
    return open?.type === 'obligation' && !isEnded(open.state) ? [] : [`${id} waits for ${openObligationId}, which is over`];
  });
};

/** Whoever still owes an answer must have been asked for it. */
const withoutNotice = (rows: readonly LedgerRow[], obligations: readonly Obligation[]): readonly string[] => {
  const open = new Set(obligations.filter((o) => !isEnded(o)).map((o) => o.id));
  return [...byObligation(rows)].flatMap(([id, own]) => {
    const first = own.find((row) => row.event === 'StepFired');
    if (!open.has(id) || !first) return [];
    const sent = own
      .filter((row) => row.event === 'NoticeSent' && row.data['stepNo'] === first.data['stepNo'])
      .map((row) => row.data['to']);
    const missing = (first.data['notified'] as readonly string[]).filter((to) => !sent.includes(to));
    return missing.map((to) => `${id}: ${to} was never told of step ${String(first.data['stepNo'])}`);
  });
};

/** A message that was taken has its effect once: an answer, a take-over, or presence proven where nothing was open. */
const withoutEffect = (
  rows: readonly LedgerRow[],
  accepted: readonly { readonly by: string; readonly provesPresence: boolean }[],
): readonly string[] => {
  const isEffect = (row: LedgerRow): boolean =>
    row.event === 'AnswerRecorded' ||
    row.event === 'ObligationTakenOver' ||
    (row.event === 'ContactProven' && row.data['proves'] === 'presence');
  const effects = Map.groupBy(rows.filter(isEffect), (row) => row.actor ?? '');
  const wanted = Map.groupBy(
    accepted.filter((one) => one.provesPresence),
    (one) => one.by,
  );
  return [...new Set([...effects.keys(), ...wanted.keys()])].flatMap((by) => {
    const [had, want] = [effects.get(by)?.length ?? 0, wanted.get(by)?.length ?? 0];
    return had === want ? [] : [`${by}: ${want} messages taken, ${had} effects`];
  });
};
