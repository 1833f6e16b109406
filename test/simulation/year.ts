import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import { createBundledCards } from '../../adapters/redis/bundled-cards.ts';
import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import { createConversations } from '../../adapters/redis/conversations.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisOutbox } from '../../adapters/redis/outbox.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { tellAheadJob } from '../../jobs/tell-ahead.ts';
import { tickCalendarJob } from '../../jobs/tick-calendar.ts';
import { createSealer } from '../../src/app/ledger/seal-ledger.ts';
import { playCampaign } from '../../src/app/rehearsal/play-campaign.ts';
import { createWorld, refreshWorld } from '../../src/app/world.ts';
import type { Roster } from '../../src/domain/roster/roster.ts';
import { quietLog } from '../support/quiet-log.ts';
import { at, campaignFrom, organisation, roster as invented, settings as calm } from '../support/invented.ts';
import { startRedis } from '../support/redis.ts';
import { tellCampaign } from '../support/tell-campaign.ts';
import { sayIn } from '../../src/wiring/rehearse.ts';

const dayMs = 86_400_000;

export type Month = {
  readonly month: number;
  /** Bytes of everything that stays by itself, without what Redis forgets after days. */
  readonly bytes: number;
  /** Of that, the live ledger. */
  readonly ledgerBytes: number;
  readonly states: number;
  readonly rows: number;
  readonly archiveBytes: number;
};

const folderBytes = async (folder: string): Promise<number> => {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** Shifts for as long as is wanted, the people of the invented week again and again. */
const rosterFor = (days: number): Roster => ({
  ...invented,
  shifts: invented.posts.flatMap(({ id: postId }) => {
    const { holders } = invented.shifts.find((shift) => shift.postId === postId)!;
    return Array.from({ length: days }, (_, day) => ({
      postId,
      from: campaignFrom + day * dayMs,
      to: campaignFrom + (day + 1) * dayMs,
      // two teams in turn, so that every shift is handed over
      holders:
        day % 2 === 0
          ? holders
          : holders.map((holder) => (holder.role === 'onDuty' ? { ...holder, personId: `m${19 - Number(postId.slice(1))}` } : holder)),
    }));
  }),
});

/** Plays so many months of so many days of duty on a real Redis, with its ledger sealed, archived and trimmed, and measures at the end of each. */
export const playMonths = async (
  { months, daysEach, keepRows }: { readonly months: number; readonly daysEach: number; readonly keepRows: number },
  onMonth: (month: Month) => void,
): Promise<void> => {
  const redis = await startRedis({ appendfsync: 'everysec' });
  const folder = await mkdtemp(join(tmpdir(), 'zg-year-'));
  try {
    const days = months * daysEach;
    const settings = {
      ...calm,
      toAt: campaignFrom + days * dayMs,
      posts: {
        ...calm.posts,
        bands: calm.posts.bands.map((band) => ({ ...band, fixedMinutes: [600, 960], silenceLimitMs: 6 * 3_600_000 })),
      },
    };
    const keys = keysOf(settings.bureau);
    let now = campaignFrom;
    const clock = { now: () => now };
    const client = redis.redis;
    const store = createRedisStore(client, keys, { bundleWindowMs: settings.bundleWindowMs, now: clock.now });
    const roster = rosterFor(days + 1);
    await store.commitCampaign({ organisation, roster }, 0, tellCampaign({ organisation, roster }, now));
    let seeds = 0;
    const secrets = { ...nodeSecrets, newSeed: () => nodeSecrets.sha256(`year ${(seeds += 1)}`) };
    const world = createWorld({ store, clock, secrets, log: quietLog(), settings, hasVoice: false, hasSms: false, leaseMs: 30_000 });
    await refreshWorld(world);
    const stream = createLedgerStream(client, keys, settings.bureau);
    const archive = join(folder, 'archive');
    const sealer = createSealer({
      stream,
      archive: createFileArchive({ folder: archive }),
      signer: await openSigner(join(folder, 'keys')),
      digests: createDigests(),
      clock,
      holder: randomUUID(),
      keepRows,
    });
    const queue = createRedisOutbox(client, client, keys);
    const jobs = [tickCalendarJob(world), tellAheadJob(world)];
    let measured = 0;
    let sealedAt = now;
    const measure = async (): Promise<void> => {
      await sealer.sealNow();
      const lasting = [keys.state, keys.due, keys.ledger, keys.outbox, keys.inbox, keys.aside, keys.bundles, keys.meta, keys.campaign];
      const bytes = await Promise.all(lasting.map(async (key) => (await client.memory('USAGE', key, 'SAMPLES', 0)) ?? 0));
      measured += 1;
      onMonth({
        month: measured,
        bytes: bytes.reduce((sum, one) => sum + one, 0),
        ledgerBytes: bytes[lasting.indexOf(keys.ledger)]!,
        states: await client.hlen(keys.state),
        rows: await stream.lastSeq(),
        archiveBytes: await folderBytes(archive),
      });
    };
    await playCampaign({
      world,
      outbox: {
        take: async (consumer, limit) => ((await client.xlen(keys.outbox)) === 0 ? [] : queue.take(consumer, limit, 1)),
        // no delivery queue is in between here, which would have the jobs
        done: (entryIds) => queue.done(entryIds),
      },
      nextDueAt: async () => {
        const [, score] = await client.zrange(keys.due, '0', '0', 'WITHSCORES');
        return score === undefined ? undefined : Number(score);
      },
      setNow: (instant) => void (now = instant),
      poke: async () => {
        for (const job of jobs) await job.run();
        if (now - sealedAt >= dayMs) {
          sealedAt = now;
          await sealer.sealNow();
        }
        if (now >= campaignFrom + (measured + 1) * daysEach * dayMs - dayMs / 2) await measure();
      },
      say: sayIn(world),
      conversations: createConversations(client, settings.bureau),
      bundledCards: createBundledCards(client, settings.bureau),
      channelHealth: createChannelHealth(client, settings.bureau),
      fromAt: at('2021-08-26T08:30'),
      toAt: campaignFrom + days * dayMs,
      seed: 1,
      silent: 0.1,
      limits: [],
    });
  } finally {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
