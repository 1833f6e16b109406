import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { readPublicKey } from '../../adapters/archive/signer.ts';
import { createChannelHealth } from '../../adapters/redis/channel-health.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createUndecided } from '../../adapters/redis/undecided.ts';
import { verifyEvidence } from '../../src/app/ledger/verify-evidence.ts';
import type { ChannelsView } from '../../src/app/views/view-channels.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import type { LedgerStream } from '../../src/ports/ledger.ts';
import { startService } from '../../src/wiring/service.ts';
import { castOf, play } from '../e2e/cast.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis } from '../support/redis.ts';
import { startSmtp } from '../support/stand-ins/smtp.ts';

/** Whether the service is put together from all of its parts: each of them is tested by itself elsewhere. */

const patiently = { timeout: 90_000, interval: 200 };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zg-parts-'));
  // the last to go: what a test started is ended first, and writes there until then
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const start = async (appendfsync: 'always' | 'everysec', variables: { readonly [name: string]: string }) => {
  const redis = await startRedis({ appendfsync });
  onTestFinished(redis.stop);
  const env = readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, ...variables });
  const service = await startService(env, redis.socket, quietLog());
  onTestFinished(service.stop);
  const get = (path: string): Promise<Response> => fetch(new URL(path, service.url));
  return { get, service, redis: redis.redis, stream: createLedgerStream(redis.redis, keysOf('jinan'), 'jinan') };
};

/** The built-in campaign with daily reports, whose ladder is another once the phase is over. */
const writeCampaign = async (): Promise<string> => {
  const shipped = JSON.parse(await readFile(demoCampaignFile, 'utf8')) as { readonly contacts: string; readonly roster: string };
  const beside = (name: string): string => join(dirname(demoCampaignFile), name);
  const campaign = {
    ...shipped,
    contacts: beside(shipped.contacts),
    roster: beside(shipped.roster),
    kinds: [{ name: 'zeroReport', limit: { daily: '19:00' }, opens: { daily: ['during'] } }],
    phasePolicies: { after: { work: 'workUrgent', receipt: 'receiptUrgent' } },
  };
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify(campaign));
  return file;
};

it('does by itself all that no message asks for: reminds ahead, drafts reports, opens what each day brings, moves ladders, seals', async () => {
  // an hour a second, from the morning of the day on which a phase ends
  const { stream, get } = await start('everysec', {
    CLOCK_SCALE: '3600',
    CLOCK_START: '2021-09-26T07:00+08:00',
    CAMPAIGN_FILE: await writeCampaign(),
  });
  const found = async (): Promise<readonly string[]> => {
    const rows = await stream.rows(0, 1_000_000);
    return [...new Set(rows.map(({ event }) => event)), ...((await stream.lastSeal()) ? ['sealed'] : [])];
  };
  const wanted = ['ShiftsReminded', 'ReportDrafted', 'ItemHandedOver', 'PolicyMoved', 'sealed'];
  await expect.poll(found, patiently).toEqual(expect.arrayContaining(wanted));
  // what goes out is counted, for the page and for Prometheus alike
  const { items } = (await (await get('api/channels')).json()) as ChannelsView;
  expect(items.find(({ channel }) => channel === 'webchat')!.sent).toBeGreaterThan(0);
  expect(await (await get('metrics')).text()).toMatch(/^zaigang_channel_messages_total\{channel="webchat",result="sent"\} [1-9]/mu);
});

const seen = (stream: LedgerStream, event: string) => async (): Promise<readonly LedgerRow[]> =>
  (await stream.rows(0, 1_000_000)).filter((row) => row.event === event);

it('tells that a channel is back also where nobody is written to through it', async () => {
  const mail = { SMTP_HOST: 'localhost', SMTP_PORT: '1', SMTP_FROM: 'duty@jn.example.cn' };
  const { stream, redis, get } = await start('everysec', { ...mail, CLOCK_SCALE: '60' });
  const { at } = (await (await get('api/channels')).json()) as ChannelsView;
  const failedAt = Date.parse(at);
  const health = createChannelHealth(redis, 'jinan');
  await health.begin('email', { at: failedAt, people: ['m1'], isGivenUp: false });
  await health.record('email', { reached: ['m1'], failed: [] }, { now: failedAt + 1_000, ms: 300_000 });
  await expect.poll(seen(stream, 'ChannelRecovered'), patiently).toMatchObject([{ data: { channel: 'email' } }]);
});

it('tells the office of what no rule can decide', async () => {
  const { service, redis } = await start('everysec', { CLOCK_SCALE: '60' });
  const office = (await castOf(service)).office()[0]!;
  const { line, hears } = await play(service, office);
  onTestFinished(line.end);
  const { state, due } = keysOf('jinan');
  await redis.hset(state, 'ocp1.x', '1|nobody wrote this');
  await redis.zadd(due, 0, 'ocp1.x');
  await hears(/^系统未能处理：ocp1\.x/u);
  expect(await createUndecided(redis, 'jinan').countSince(0)).toBe(1);
});

it('seals what is said of an item before it gives the evidence, in the folder of its bureau', async () => {
  const { get, service } = await start('everysec', { CLOCK_SCALE: '1' });
  const headers = { 'content-type': 'application/json' };
  const item = { kind: 'petition', number: 'D7', text: '工地夜间扬尘', units: ['历下区'], limit: '3日内' };
  const posted = await fetch(new URL('api/items', service.url), { method: 'POST', headers, body: JSON.stringify(item) });
  expect(posted.status).toBe(201);
  const { items } = (await (await get('api/items')).json()) as {
    readonly items: readonly { readonly id: string; readonly number: string }[];
  };
  const { id } = items.find(({ number }) => number === 'D7')!;
  const answer = await get(`api/items/${id}/evidence`);
  expect(answer.status).toBe(200);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const rows = new TextDecoder().decode(files['ledger.jsonl']);
  expect(rows.split('\n')[0]).toContain(`"event":"ItemHandedOver"`);
  const isSigned = readPublicKey(new TextDecoder().decode(files['public-key.pem']));
  const sha256 = (content: string | Uint8Array): string => hash('sha256', content);
  const report = verifyEvidence(new Map(Object.entries(files)), { sha256, sha256OfBytes: sha256, isSigned });
  expect(report).toMatchObject({ ok: true, faults: [] });
  // of several bureaus that share a folder each finds its own
  expect(await readdir(join(folder, 'archive'))).toEqual(['jinan']);
  expect((await readdir(join(folder, 'archive', 'jinan'))).some((name) => name.startsWith('ledger-'))).toBe(true);
});

it('writes mails last, within the limits that are ours', async () => {
  const smtp = await startSmtp();
  onTestFinished(smtp.close);
  const mail = { SMTP_HOST: 'localhost', SMTP_PORT: String(smtp.port), SMTP_FROM: 'duty@jn.example.cn', SMTP_CA_FILE: smtp.caFile };
  const { get } = await start('everysec', mail);
  const { items } = (await (await get('api/channels')).json()) as ChannelsView;
  expect(items.at(-1)).toMatchObject({ channel: 'email', quotas: [{ of: 120, perMs: 60_000 }] });
  // all that opens by a link alone is there, and says of a wrong one that it is wrong
  for (const path of ['calendar/wrong.ics', 'sheet/wrong', 'report/wrong'])
    expect(await (await get(path)).json()).toMatchObject({ error: { code: 'ZG_NO_SUCH_LINK' } });
});

it('does not start for real on a Redis that may forget what it confirmed', async () => {
  const real = { ZAIGANG_MODE: 'production', DIRECTLINE_SECRET: 's'.repeat(40), CAMPAIGN_FILE: demoCampaignFile };
  await expect(start('everysec', real)).rejects.toThrow('ZG_REDIS_NOT_DURABLE');
  expect((await (await start('always', real)).get('readyz')).status).toBe(200);
});
