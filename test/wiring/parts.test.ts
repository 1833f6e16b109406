import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import type { ChannelsView } from '../../src/app/views/view-channels.ts';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startService } from '../../src/wiring/service.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis } from '../support/redis.ts';
import { startSmtp } from '../support/stand-ins/smtp.ts';

/** Whether the service is put together from all of its parts: each of them is tested by itself elsewhere. */

const patiently = { timeout: 90_000, interval: 200 };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zg-parts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = async (appendfsync: 'always' | 'everysec', variables: { readonly [name: string]: string }) => {
  const redis = await startRedis({ appendfsync });
  onTestFinished(redis.stop);
  const env = readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, ...variables });
  const service = await startService(env, redis.socket, quietLog());
  onTestFinished(service.stop);
  const get = (path: string): Promise<Response> => fetch(new URL(path, service.url));
  return { get, stream: createLedgerStream(redis.redis, keysOf('jinan'), 'jinan') };
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
