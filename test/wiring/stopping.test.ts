import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { INBOX_GROUP, keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startService } from '../../src/wiring/service.ts';
import { campaignFile, inventBureau } from '../chaos/bureau.ts';
import { connectDirectLine } from '../support/direct-line.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startAliyun } from '../support/stand-ins/aliyun.ts';
import { startSmtp } from '../support/stand-ins/smtp.ts';
import { tellCampaign } from '../support/tell-campaign.ts';
import { workbookOf } from '../support/workbooks.ts';

/** Ending in order: the work in hand is finished, and nothing of it is left for the next start to find half done. */

const patiently = { timeout: 60_000, interval: 20 };
const keys = keysOf('chaos');
const active = `${keys.prefix}:deliver:active`;

let redis: TestRedis;
let folder: string;
beforeEach(async () => {
  redis = await startRedis({ appendfsync: 'always' });
  folder = await mkdtemp(join(tmpdir(), 'zg-stopping-'));
  // the last to go: the service that a test started is ended first
  onTestFinished(async () => {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });
});

/** Everybody is asked within seconds, then by text message, and nobody else for a long time. */
const campaign = (now: number): object => {
  const band = { name: 'all', from: '00:00', to: '00:00', fixed: [], random: 0, answerWindow: 'PT3S', silenceLimit: 'PT4S' };
  const step = (after: string, notify: readonly string[], via = 'card') => ({ after, notify, via });
  const steps = [step('PT0S', ['onDuty']), step('PT1S', ['onDuty'], 'sms'), step('PT5M', ['office'])];
  return {
    ...campaignFile(now, 1_000),
    checks: { posts: { bands: [band], quietAfterPresence: 'PT0S' }, standing: { bands: [{ ...band, silenceLimit: 'PT40H' }] } },
    policies: [{ name: 'check', answerWindow: 'PT3S', steps }],
  };
};

const run = async (variables: { readonly [name: string]: string }, file: object = campaign(Date.now())) => {
  const campaignPath = join(folder, 'campaign.json');
  await writeFile(campaignPath, JSON.stringify(file));
  const bureau = inventBureau(4, Date.now());
  const people = bureau.organisation.people.map((person) => ({ ...person, email: `${person.id}@jn.example.cn` }));
  const made = { roster: bureau.roster, organisation: { ...bureau.organisation, people } };
  const store = createRedisStore(redis.redis, keys, { bundleWindowMs: 0, now: Date.now });
  await store.commitCampaign(made, 0, tellCampaign(made, Date.now()));
  const env = readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, CAMPAIGN_FILE: campaignPath, ...variables });
  const service = await startService(env, redis.socket, quietLog());
  onTestFinished(service.stop);
  const stream = createLedgerStream(redis.redis, keys, 'chaos');
  return { service, office: bureau.office[0], rows: () => stream.rows(0, 1_000_000) };
};

it('finishes what is on its way to a platform, and writes down that it went out', { timeout: 120_000 }, async () => {
  const aliyun = await startAliyun({ templates: { SMS_1: ['name', 'facts'], SMS_2: ['text'] } });
  onTestFinished(aliyun.close);
  aliyun.delays(1_500);
  const { service, rows } = await run({
    ZAIGANG_MODE: 'production',
    DIRECTLINE_SECRET: 'a-secret-of-this-test-long-enough-for-production',
    ALIYUN_SMS_ACCESS_KEY_ID: aliyun.accessKeyId,
    ALIYUN_SMS_ACCESS_KEY_SECRET: aliyun.accessKeySecret,
    ALIYUN_SMS_SIGNATURE: aliyun.signature,
    ALIYUN_SMS_QUESTION: 'SMS_1 {name}您好，{facts}，请回复1确认',
    ALIYUN_SMS_INFORMATION: 'SMS_2 {text}',
    ALIYUN_SMS_CALLBACK_SECRET: '0123456789abcdef',
    ALIYUN_SMS_API_BASE: aliyun.base,
  });
  const isUnderWay = async (): Promise<boolean> => aliyun.calls() > 0 && (await redis.redis.llen(active)) > 0;
  await expect.poll(isUnderWay, patiently).toBe(true);
  await service.stop();
  expect(aliyun.texts.length).toBeGreaterThan(0);
  expect(await redis.redis.llen(active)).toBe(0);
  const sent = (await rows()).filter(({ event, channel }) => event === 'NoticeSent' && channel === 'aliyunSms');
  expect(sent.length).toBe(aliyun.texts.length);
});

it('answers what somebody has said before', { timeout: 120_000 }, async () => {
  const { service, office } = await run({ CLOCK_SCALE: '1', CLOCK_START: new Date().toISOString() }, campaignFile(Date.now(), 60_000));
  const line = await connectDirectLine({ origin: service.url.replace(/\/$/u, ''), mobile: office.mobile });
  onTestFinished(line.end);
  const days = Array.from({ length: 400 }, (_, day) => [
    `2020-${String(1 + (day % 12)).padStart(2, '0')}-${1 + (day % 28)}`,
    `unit u1`,
    `name ${day}`,
  ]);
  const source = await workbookOf([{ name: 'unit u1', rows: [['日期', '单位', '主班'], ...days] }]);
  const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const contentUrl = `data:${mime};base64,${Buffer.from('bytes' in source ? source.bytes : []).toString('base64')}`;
  const pending = async (): Promise<number> => ((await redis.redis.xpending(keys.inbox, INBOX_GROUP)) as [number])[0];
  await line.says('', { text: undefined, attachments: [{ contentType: mime, contentUrl, name: 'roster.xlsx' }] });
  await expect.poll(pending, { timeout: 60_000, interval: 1 }).toBe(1);
  await service.stop();
  expect(await pending()).toBe(0);
});

it('leaves no connection to the mail server open', { timeout: 120_000 }, async () => {
  const smtp = await startSmtp();
  onTestFinished(smtp.close);
  const { service, office } = await run(
    {
      CLOCK_SCALE: '1',
      CLOCK_START: new Date().toISOString(),
      SMTP_HOST: 'localhost',
      SMTP_PORT: String(smtp.port),
      SMTP_FROM: 'duty@jn.example.cn',
      SMTP_USER: 'duty',
      SMTP_PASSWORD: 'a secret of the server',
      SMTP_CA_FILE: smtp.caFile,
    },
    campaignFile(Date.now(), 60_000),
  );
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ channel: 'email', personId: office.id });
  const tried = await fetch(new URL('api/set-up/channels/test', service.url), { method: 'POST', headers, body });
  expect(await tried.json()).toMatchObject({ result: 'sent' });
  expect(smtp.state.open).toBeGreaterThan(0);
  await service.stop();
  // by itself one that is not used ends after a quarter of a minute
  await expect.poll(() => smtp.state.open, { timeout: 5_000 }).toBe(0);
});
