import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { createLedgerReader } from '../../src/app/ledger/read-ledger.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { loadCampaign } from '../../src/config/campaign.ts';
import type { CampaignSettings } from '../../src/domain/campaign.ts';
import type { Difference } from '../../src/domain/ledger/compare-lists.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { Stored } from '../../src/ports/store.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { tellCampaign } from '../support/tell-campaign.ts';
import { campaignFile, inventBureau, type ChaosBureau } from './bureau.ts';
import { pause } from './pause.ts';
import { faultsOfSeals } from './judge-seals.ts';
import type { RedisStand } from './stands/stand.ts';

const bureauName = 'chaos';
const keys = keysOf(bureauName);
const mostStarts = 30;
const restMs = 300;
const secret = 'a-secret-of-the-chaos-test-long-enough-for-production';

/** Two whole services as production runs them, on one Redis that keeps every answer, and a bureau with its roster. */
export type ChaosStage<S extends RedisStand = RedisStand> = {
  readonly stand: S;
  readonly keys: typeof keys;
  readonly secret: string;
  readonly settings: CampaignSettings;
  readonly bureau: ChaosBureau;
  /** What both have in common: keys, files, the archive. */
  readonly folder: string;
  /** As the services have them, for the command line. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the processes that are up answer. */
  readonly origins: () => readonly string[];
  readonly pidOf: (index: Index) => number | undefined;
  /** SIGKILL, and at once again. Resolves when it is ready. */
  readonly kill: (index: Index) => Promise<void>;
  /** SIGTERM, and SIGKILL where it has not ended by then; and at once again. */
  readonly drain: (index: Index, killAfterMs: number) => Promise<void>;
  readonly ledger: () => Promise<readonly LedgerRow[]>;
  /** Entries of the ledger after this id that nothing can take back any more. */
  readonly entriesAfter: (id: string) => Promise<readonly (readonly [string, readonly string[]])[]>;
  readonly states: () => Promise<readonly Stored[]>;
  /** Ids that have a due time. */
  readonly due: () => Promise<ReadonlySet<string>>;
  /** When the speaker was shown what they would ask for; undefined where nothing waits to be confirmed. */
  readonly proposedAt: (personId: string) => Promise<number | undefined>;
  /** Between the state and what the whole ledger says of it. */
  readonly differences: () => Promise<readonly Difference[]>;
  /** Seals what is not sealed yet and checks every seal; what is wrong with them. */
  readonly faultsOfSeals: () => Promise<readonly string[]>;
  /** How much waits to be decided, said or handled, by queue. */
  readonly waiting: () => Promise<readonly number[]>;
  readonly stop: () => Promise<void>;
};

export type Index = 0 | 1;

export type StageOptions = {
  readonly posts: number;
  /** How long a step of a ladder is: half seconds. */
  readonly breathMs?: number;
  /** More variables of one of the two. */
  readonly envOf?: (index: Index, folder: string) => Readonly<Record<string, string>>;
};

export const startChaosStage = async <S extends RedisStand>(
  stand: S,
  { posts, breathMs = 1_000, envOf = () => ({}) }: StageOptions,
): Promise<ChaosStage<S>> => {
  const { client } = stand;
  const folder = await mkdtemp(join(tmpdir(), 'zg-chaos-'));
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify(campaignFile(Date.now(), breathMs)));
  const { settings } = loadCampaign(file);
  const store = createRedisStore(client, keys, { bundleWindowMs: settings.bundleWindowMs, now: Date.now });
  const stream = createLedgerStream(client, keys, bureauName);
  const archiveFolder = join(folder, 'archive', bureauName);
  const reader = createLedgerReader(stream, createFileArchive({ folder: archiveFolder }));
  const bureau = inventBureau(posts, Date.now());
  const { organisation, roster } = bureau;
  await store.commitCampaign({ organisation, roster }, 0, tellCampaign({ organisation, roster }, Date.now()));
  const variables = {
    ZAIGANG_MODE: 'production',
    CAMPAIGN_FILE: file,
    REDIS_URL: stand.url,
    DIRECTLINE_SECRET: secret,
    LOG_LEVEL: process.env['CHAOS_LOG'] ?? 'error',
    WORKERS: '1',
  };
  const services: (Demo | undefined)[] = [undefined, undefined];
  const start = async (index: Index): Promise<void> => {
    services[index] = undefined;
    const env = { ...variables, ...envOf(index, folder) };
    // one that begins just when Redis is killed gives up, and whoever watches over it starts it again
    for (let tries = 1; !services[index]; tries++) {
      services[index] = await startDemo({ dataDir: folder, env }).catch(async (error: unknown) => {
        if (tries === mostStarts) throw error;
        await pause(restMs);
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
    stand,
    keys,
    secret,
    settings,
    bureau,
    folder,
    variables: { ...variables, DATA_DIR: folder },
    origins: () => services.flatMap((service) => service?.url ?? []),
    pidOf: (index) => services[index]?.pid,
    kill: async (index) => {
      await services[index]?.kill();
      await start(index);
    },
    drain: async (index, killAfterMs) => {
      const service = services[index];
      const late = setTimeout(() => service?.child.kill('SIGKILL'), killAfterMs);
      await service?.end();
      clearTimeout(late);
      await start(index);
    },
    ledger: () => reader.rows(0, Number.MAX_SAFE_INTEGER),
    entriesAfter: async (id) => {
      const answer = await client
        .pipeline()
        .xrange(keys.ledger, `(${id}`, '+')
        .hset(keys.meta, 'judgedAt', '')
        .wait(stand.replicas, 2_000)
        .exec()
        .catch(() => null); // away: asked again
      if (!answer) return [];
      const [[readError, entries], , [waitError, heard]] = answer as [
        [Error | null, [string, string[]][]],
        unknown,
        [Error | null, number],
      ];
      return readError || waitError || heard < stand.replicas ? [] : entries;
    },
    states,
    due: async () => new Set(await client.zrange(keys.due, '0', '-1')),
    proposedAt: async (personId) => {
      const [found] = await store.load([`d${personId}`]);
      const question = found?.aggregate.type === 'dialogue' ? found.aggregate.state.question : undefined;
      return question?.kind === 'duty' ? question.askedAt : undefined;
    },
    differences: async () => (await replayLedger({ store, reader, sha256: nodeSecrets.sha256 })).differences,
    faultsOfSeals: () => faultsOfSeals(stream, folder, archiveFolder),
    waiting: () => {
      const queue = `${keys.prefix}:deliver`;
      return Promise.all([
        client.xlen(keys.inbox),
        client.xlen(keys.outbox),
        client.hlen(keys.bundles),
        client.llen(`${queue}:wait`),
        client.llen(`${queue}:active`),
        client.zcard(`${queue}:delayed`),
      ]);
    },
    stop: async () => {
      for (const service of services) await service?.kill();
      await stand.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
