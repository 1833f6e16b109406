import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { type Service, startService } from '../../src/wiring/service.ts';
import type { LedgerRowView } from '../../src/app/ledger/view-ledger.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type Feishu, startFeishu } from '../support/stand-ins/feishu.ts';
import { type Cut, startWecom, type Wecom } from '../support/stand-ins/wecom.ts';

/** Every number is somebody's. */
const everybody = (prefix: string): { readonly [mobile: string]: string } =>
  new Proxy({}, { get: (_, mobile) => (typeof mobile === 'string' ? `${prefix}.${mobile}` : undefined) });

const patiently = { timeout: 150_000, interval: 100 };

describe('a platform that is cut off in the middle of an escalation', () => {
  let redis: TestRedis;
  let folder: string;
  let wecom: Wecom;
  let feishu: Feishu;
  let service: Service | undefined;
  beforeEach(async () => {
    // at 120 times a disk that holds still for a second is an outage of two minutes, and no disk is tried here
    redis = await startRedis({ appendfsync: 'everysec' });
    folder = await mkdtemp(join(tmpdir(), 'zg-data-'));
    wecom = await startWecom({ directory: everybody('wecom') });
    feishu = await startFeishu({ directory: everybody('ou') });
  });
  afterEach(async () => {
    await service?.stop();
    await Promise.all([wecom.close(), feishu.close()]);
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (): Promise<Service> => {
    service = await startService(
      readEnvironment({
        PORT: '0',
        DATA_DIR: folder,
        REDIS_URL: redis.url,
        CLOCK_SCALE: '120',
        WECOM_CORP_ID: wecom.corpId,
        WECOM_AGENT_ID: String(wecom.agentId),
        WECOM_SECRET: wecom.secret,
        WECOM_TOKEN: 'token',
        WECOM_AES_KEY: 'a'.repeat(43),
        WECOM_API_BASE: wecom.base,
        FEISHU_APP_ID: feishu.appId,
        FEISHU_APP_SECRET: feishu.appSecret,
        FEISHU_VERIFICATION_TOKEN: 'v',
        FEISHU_ENCRYPT_KEY: 'key',
        FEISHU_API_BASE: feishu.base,
      }),
      redis.socket,
      quietLog(),
    );
    return service;
  };
  const get = async <T>(path: string): Promise<T> => (await (await fetch(new URL(path, service!.url))).json()) as T;
  const rows = async (event: string): Promise<readonly LedgerRowView[]> => {
    const found: LedgerRowView[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const page: { readonly items: readonly LedgerRowView[]; readonly next: string | null } = await get(
        `api/ledger?limit=1000&after=${after}`,
      );
      found.push(...page.items.filter((row) => row.event === event));
      after = page.next;
    }
    return found;
  };
  const asks = (content: unknown): boolean => JSON.stringify(content).includes('acknowledge');
  const isSaid = (said: readonly unknown[], words: RegExp): boolean => said.some((one) => words.test(JSON.stringify(one)));
  const isAsked = (): boolean => wecom.said.some(({ message }) => asks(message));
  const inFeishu = () => feishu.said.filter(({ to, card }) => to.startsWith('ou.') && asks(card));

  const cuts: readonly Exclude<Cut, 'none' | 'losesAnswers'>[] = ['down', 'hangs', 'fails', 'refusesTokens'];
  for (const cut of cuts)
    it(
      `is stood in for by the next one within seconds, and the office hears it there (${cut})`,
      { timeout: 400_000, retry: 1 },
      async () => {
        await run();
        await expect.poll(isAsked, patiently).toBe(true);
        expect(inFeishu()).toEqual([]);
        wecom.isCut(cut);
        await expect.poll(() => inFeishu().length, patiently).toBeGreaterThan(0);
        await expect.poll(() => isSaid(feishu.said, /企业微信在 \d+ 分钟内/u), patiently).toBe(true);
        const [failed] = await rows('ChannelFailed');
        expect(failed?.data).toMatchObject({ channel: 'wecom', by: { feishu: expect.any(Number) as number } });
        const seen = async () => (await get<{ items: { channel: string; state: string }[] }>('api/channels')).items;
        const failing = expect.objectContaining({ channel: 'wecom', state: 'failing' }) as object;
        await expect.poll(seen, patiently).toContainEqual(failing);
        const metrics = async () => (await (await fetch(new URL('metrics', service!.url))).text()).split('\n');
        await expect.poll(async () => (await metrics()).includes('zaigang_channel_state{channel="wecom"} 3'), patiently).toBe(true);
      },
    );

  it(
    'is asked again where its answer was lost: who has a message there does not get it from the next one too',
    // a platform that says nothing for two real seconds is silent, also where the machine was busy elsewhere
    { timeout: 400_000, retry: 2 },
    async () => {
      wecom.isCut('losesAnswers');
      await run();
      await expect.poll(() => wecom.said.filter(({ message }) => asks(message)).length, patiently).toBeGreaterThan(5);
      const ids = wecom.said.flatMap(({ message }) => (message.msgtype === 'template_card' ? [message.template_card.task_id] : []));
      expect(new Set(ids).size).toBe(ids.length);
      expect(inFeishu()).toEqual([]);
      expect(await rows('ChannelFailed')).toEqual([]);
    },
  );

  it('tells the office once that it is back', { timeout: 400_000 }, async () => {
    await run();
    await expect.poll(isAsked, patiently).toBe(true);
    wecom.isCut('down');
    await expect.poll(() => rows('ChannelFailed'), patiently).toHaveLength(1);
    wecom.isCut('none');
    await expect.poll(() => rows('ChannelRecovered'), patiently).toMatchObject([{ data: { channel: 'wecom' } }]);
    await expect.poll(() => isSaid([...wecom.said, ...feishu.said], /通道恢复：企业微信/u), patiently).toBe(true);
  });
});
