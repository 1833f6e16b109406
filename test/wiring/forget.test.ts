import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDigests } from '../../adapters/archive/digests.ts';
import { createFileArchive } from '../../adapters/archive/file-archive.ts';
import { openArchiveFiles } from '../../adapters/archive/open-files.ts';
import { openSigner } from '../../adapters/archive/signer.ts';
import { createDiskFiles } from '../../adapters/files/disk-files.ts';
import { createDeliveryQueue } from '../../adapters/queue/delivery-queue.ts';
import { createInbox } from '../../adapters/redis/inbox.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisOutbox } from '../../adapters/redis/outbox.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { nodeSecrets } from '../../adapters/secrets/node-secrets.ts';
import { campaignRecordId } from '../../src/app/set-up/take-in-campaign.ts';
import { createLedgerReader } from '../../src/app/ledger/read-ledger.ts';
import { replayLedger } from '../../src/app/ledger/replay-ledger.ts';
import { createSealer } from '../../src/app/ledger/seal-ledger.ts';
import { verifyLedger } from '../../src/app/ledger/verify-ledger.ts';
import { forgetCampaign } from '../../src/wiring/forget.ts';
import { at, organisation, roster } from '../support/invented.ts';
import { startRedis } from '../support/redis.ts';
import { tellCampaign } from '../support/tell-campaign.ts';

it('removes whoever is named from beside the ledger, and no seal breaks', { timeout: 60_000 }, async () => {
  const redis = await startRedis({ appendfsync: 'everysec' });
  const dataDir = await mkdtemp(join(tmpdir(), 'zg-forget-'));
  onTestFinished(async () => {
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  // packed, a text of its base would not be found
  await redis.redis.config('SET', 'rdbcompression', 'no');
  const everythingKept = async (): Promise<string> => {
    const folder = join(redis.dir, 'appendonlydir');
    return (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('');
  };
  const bureau = 'binhai';
  const keys = keysOf(bureau);
  const now = (): number => at('2021-09-27T10:00');
  const store = createRedisStore(redis.redis, keys, { bundleWindowMs: 0, now });
  await store.commitCampaign({ organisation, roster }, 0, tellCampaign({ organisation, roster }, at('2021-08-26T10:00')));
  await store.append([
    { at: now(), event: 'ContactProven', actor: 'm7', data: { subject: 'p2' }, personal: { text: '东主班 138-0000-0007' } },
  ]);
  const words = { name: 'Campaign', auditors: ['138-0000-0004'] };
  const record = { version: 1, source: 'page', at: now(), words, hash: 'whole', fileHash: 'whole file' } as const;
  const changed = { version: 1, hash: 'bare', fileHash: 'bare file', source: 'page', changed: [['auditors', 0, 1]] } as const;
  const set = {
    writes: [{ id: campaignRecordId, expected: 0, aggregate: { type: 'campaign', state: record }, dueAt: null }],
    events: [{ at: now(), event: 'CampaignChanged', data: changed, personal: { words, hash: 'whole', fileHash: 'whole file' } }],
    notices: [],
  } as const;
  expect(await store.commit([set], await store.campaignVersion())).toEqual(['committed']);
  await redis.redis.hset(`${keys.prefix}:chat:c-m7`, '1', '东主班');
  // what the house's own sign-in has said of somebody
  const proof = `${keys.prefix}:note:proof:k`;
  await redis.redis.set(proof, 'of 东主班', 'EX', 3_600);
  // what the service left in hand when it was stopped
  const said = { id: 'x', channel: 'webchat', conversation: 'c-m7', isGroup: false, from: 'm7', receivedAt: now(), text: '东主班' };
  const inbox = createInbox({ redis: redis.redis, blocking: redis.redis, bureau });
  expect(await inbox.put(said)).toBe(true);
  const notices = [{ to: 'm7', via: 'card', template: 'reply.usage', params: { lines: ['东主班'] } }] as const;
  await store.commit([{ writes: [], events: [], notices }], await store.campaignVersion());
  const outbox = createRedisOutbox(redis.redis, redis.redis, keys);
  await outbox.take('gone', 1, 1);
  expect(await outbox.take('gone', 1, 1)).toHaveLength(1);
  const queue = createDeliveryQueue({ connection: redis.redis, prefix: keys.prefix });
  await queue.add([{ id: 'j1', notices }]);
  await queue.add([{ id: 'j2', notices }], 3_600_000);
  await queue.close();
  await redis.redis.lmove(`${keys.prefix}:deliver:wait`, `${keys.prefix}:deliver:active`, 'RIGHT', 'LEFT');
  const parts = { redis: redis.redis, keys, bureau, dataDir, store, now, toAt: at('2021-09-26T08:30') };
  // a contact list that was looked at in the page and never applied: neither state nor ledger speaks of it
  const files = createDiskFiles(join(dataDir, 'files'));
  const { sha256 } = await files.put(Buffer.from('东主班 138-0000-0007'), { name: '通讯录.xlsx', mime: 'application/octet-stream' });

  const stream = createLedgerStream(redis.redis, keys, bureau);
  const folder = join(dataDir, 'archive', bureau);
  const signer = await openSigner(join(dataDir, 'keys'));
  const digests = createDigests();
  // what a service at work remembers of where it wrote last must not mislead it
  const atWork = createSealer({ stream, archive: createFileArchive({ folder }), signer, digests, clock: { now }, holder: 'service' });
  await atWork.sealNow();

  await expect(forgetCampaign({ ...parts, toAt: now() + 1 }, false)).rejects.toThrow('ZG_CAMPAIGN_RUNS');
  const planned = await forgetCampaign(parts, true);
  expect(planned).toMatchObject({ isDryRun: true, conversations: 1, files: 1, unsent: 4 });
  // where another bureau's archive lies too, a file that nobody speaks of may be theirs
  await mkdir(join(dataDir, 'archive', 'other'));
  expect((await forgetCampaign(parts, true)).files).toBe(0);
  await rm(join(dataDir, 'archive', 'other'), { recursive: true });
  expect(await files.get(sha256)).toBeDefined();
  expect(planned.rows).toBeGreaterThan(1);
  const verify = async () => verifyLedger({ sha256: digests.sha256, isSigned: signer.isSigned }, await openArchiveFiles(folder));
  expect((await verify()).personal.checked).toBe(planned.rows);

  expect(planned.people).toBe(organisation.people.length);
  expect(await everythingKept()).toContain('东主班');
  expect(await forgetCampaign(parts, false)).toEqual({ ...planned, isDryRun: false, isLogRewritten: true });
  expect(await everythingKept()).not.toMatch(/东主班|138-?0000-?0007/u);
  expect(await files.get(sha256)).toBeUndefined();
  const { organisation: left } = await store.loadCampaign();
  expect(left.people.map(({ id, name, mobile }) => [id, name, mobile])).toEqual(organisation.people.map(({ id }) => [id, '', '']));
  expect(left.appointments).toEqual(organisation.appointments);
  const [kept] = await store.load([campaignRecordId]);
  expect(kept?.aggregate).toEqual({
    type: 'campaign',
    state: { ...record, hash: 'bare', fileHash: 'bare file', words: { name: 'Campaign' } },
  });
  expect(await verify()).toMatchObject({ ok: true, faults: [], personal: { checked: 0, removed: planned.rows } });
  expect(await redis.redis.exists(`${keys.prefix}:chat:c-m7`, proof)).toBe(0);
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const live = JSON.stringify(await redis.redis.xrange(keys.ledger, '-', '+'));
  for (const text of [...texts, live]) expect(text).not.toContain('东主班');

  expect(await redis.redis.xlen(keys.inbox)).toBe(0);
  expect(await redis.redis.xlen(keys.outbox)).toBe(0);
  expect((await redis.redis.keys(`${keys.prefix}:deliver:*`)).filter((key) => /:j\d|wait|delayed|active/u.test(key))).toEqual([]);
  expect(await inbox.put({ ...said, id: 'y' })).toBe(true);
  expect([...(await inbox.take('bot', 1, 1)), ...(await inbox.take('bot', 1, 1))]).toMatchObject([{ message: { id: 'y' } }]);

  // the service goes on, and seals what comes
  await store.append([{ at: now(), event: 'ContactProven', actor: 'm7', data: { subject: 'p2' }, personal: { text: 'later' } }]);
  expect(await atWork.sealNow()).toMatchObject({ status: 'sealed', rows: 1 });
  expect(await verify()).toMatchObject({ ok: true, personal: { checked: 1, removed: planned.rows } });
  const reader = createLedgerReader(stream, createFileArchive({ folder }));
  const replay = await replayLedger({ store, reader, sha256: nodeSecrets.sha256 });
  expect(replay).toMatchObject({ ok: true, differences: [] });
  expect(replay.nameless).toBeGreaterThan(0);
});
