import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { loadCampaign } from '../../src/config/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Difference } from '../../src/domain/ledger/compare-lists.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Stored } from '../../src/ports/store.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { tellCampaign } from '../support/tell-campaign.ts';
import { campaignFile, inventBureau, type ChaosBureau } from './bureau.ts';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const bureauName = 'chaos';
const keys = keysOf(bureauName);
const mostStarts = 10;
const secret = 'a-secret-of-the-chaos-test-long-enough-for-production';

/** Two whole services as production runs them, on one Redis that keeps every answer, and a bureau with its roster. */
export type ChaosStage = {
  readonly redis: TestRedis;
  readonly keys: typeof keys;
  readonly secret: string;
  readonly settings: CampaignSettings;
  readonly bureau: ChaosBureau;
  /** Where the processes that are up answer. */
  readonly origins: () => readonly string[];
  /** SIGKILL, and at once again. Resolves when it is ready. */
  readonly kill: (index: 0 | 1) => Promise<void>;
  readonly ledger: () => Promise<readonly LedgerRow[]>;
  readonly states: () => Promise<readonly Stored[]>;
  /** When the speaker was shown what they would ask for; undefined where nothing waits to be confirmed. */
  readonly proposedAt: (personId: string) => Promise<number | undefined>;
  /** Between the state and what the whole ledger says of it. */
  readonly differences: () => Promise<readonly Difference[]>;
  /** How much waits to be decided, said or handled, by queue. */
  readonly waiting: () => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
};

export const startChaosStage = async (posts: number): Promise<ChaosStage> => {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), 'zg-chaos-'));
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify(campaignFile(Date.now())));
  const { settings } = loadCampaign(file);
  const store = createRedisStore(redis.redis, keys, { bundleWindowMs: settings.bundleWindowMs, now: Date.now });
  const stream = createLedgerStream(redis.redis, keys, bureauName);
  const bureau = inventBureau(posts, Date.now());
  const { organisation, roster } = bureau;
  await store.commitCampaign({ organisation, roster }, 0, tellCampaign({ organisation, roster }, Date.now()));
  const services: (Demo | undefined)[] = [undefined, undefined];
  const start = async (index: number): Promise<void> => {
    services[index] = undefined;
    const env = { ZAIGANG_MODE: 'production', CAMPAIGN_FILE: file, REDIS_URL: redis.url, DIRECTLINE_SECRET: secret, LOG_LEVEL: 'error' };
    // one that begins just when Redis is killed gives up, and whoever watches over it starts it again
    for (let tries = 1; !services[index]; tries++) {
      services[index] = await startDemo({ dataDir: folder, env }).catch((error: unknown) => {
        if (tries === mostStarts) throw error;
        return undefined;
      });
    }
  };
  await Promise.all([start(0), start(1)]);

  const states = async (): Promise<readonly Stored[]> => {
    const found = new Map<string, Stored>();
    for (const type of ['obligation', 'watch', 'round'] as const)
      for (let cursor: string | null = '0'; cursor !== null;) {
        const page = await store.scan(type, cursor);
        for (const one of page.items) found.set(one.id, one);
        ({ cursor } = page);
      }
    return [...found.values()];
  };

  return {
    redis,
    keys,
    secret,
    settings,
    bureau,
    origins: () => services.flatMap((service) => service?.url ?? []),
    kill: async (index) => {
      await services[index]?.kill();
      await start(index);
    },
    ledger: () => stream.rows(0, Number.MAX_SAFE_INTEGER),
    states,
    proposedAt: async (personId) => {
      const [found] = await store.load([`d${personId}`]);
      const question = found?.aggregate.type === 'dialogue' ? found.aggregate.state.question : undefined;
      return question?.kind === 'duty' ? question.askedAt : undefined;
    },
    differences: async () => (await replayLedger({ store, reader: stream, sha256: nodeSecrets.sha256 })).differences,
    waiting: () => {
      const queue = `${keys.prefix}:deliver`;
      return Promise.all([
        redis.redis.xlen(keys.inbox),
        redis.redis.xlen(keys.outbox),
        redis.redis.hlen(keys.bundles),
        redis.redis.llen(`${queue}:wait`),
        redis.redis.llen(`${queue}:active`),
        redis.redis.zcard(`${queue}:delayed`),
      ]);
    },
    stop: async () => {
      for (const service of services) await service?.kill();
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
