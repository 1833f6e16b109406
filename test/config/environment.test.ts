import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRedisTarget } from '../../adapters/redis/target.ts';
import { readEnvironment, variableNames, warningsOf } from '../../src/config/environment.ts';
import { ConfigurationError } from '../../src/config/faults.ts';
import { selfSigned } from '../support/self-signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'zg-ca-'));
const caFile = join(folder, 'ca.pem');
writeFileSync(caFile, selfSigned().cert);
afterAll(() => rmSync(folder, { recursive: true }));

const faultsIn = (env: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(env, parseRedisTarget);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map((fault) => `${fault.name}: ${fault.problem}`);
  }
};

const production = { ZAIGANG_MODE: 'production', CAMPAIGN_FILE: 'c.json', DIRECTLINE_SECRET: 's'.repeat(32) };

describe('readEnvironment', () => {
  it('runs the demo when nothing is said', () => {
    expect(readEnvironment({ PATH: '/bin', HOME: '/root' })).toEqual({
      mode: 'demo',
      host: '127.0.0.1',
      port: 3978,
      publicUrl: null,
      signIn: { idleMs: 3_600_000, mostMs: 86_400_000, openId: null },
      workers: 1,
      redisUrl: null,
      dataDir: resolve('data'),
      campaignFile: null,
      bureau: null,
      clock: { scale: 60, startAt: Date.parse('2021-08-27T01:55:00Z') },
      logLevel: 'info',
      directLineSecret: null,
      drainMs: 0,
      heartbeatUrl: null,
      webhooksFile: null,
      watch: { webhook: null, command: null },
      bot: null,
      channels: {
        wecom: null,
        feishu: null,
        dingtalk: null,
        email: null,
        phones: { aliyunSms: null, tencentSms: null, aliyunVoice: null, tencentVoice: null },
      },
    });
  });

  it('takes an empty variable for one left out', () => {
    expect(readEnvironment({ REDIS_URL: '', PORT: ' ' }).port).toBe(3978);
  });

  it('names every fault at once, with an example', () => {
    const env = { PORT: '80x', CLOCK_SCALE: '0', CLOCK_START: '2021-08-27', ZAIGANG_MODE: 'prod', LOG_LEVEL: 'loud', REDIS_ULR: 'x' };
    expect(faultsIn(env)).toEqual([
      'REDIS_ULR: not known, did you mean REDIS_URL?',
      'ZAIGANG_MODE: "prod" is not one of demo, production',
      'PORT: "80x" is not a port from 0 to 65535',
      'CLOCK_SCALE: "0" is not a number from 0.1 to 3600',
      'CLOCK_START: "2021-08-27" is not a moment with its offset',
      'LOG_LEVEL: "loud" is not one of info, fatal, error, warn, debug, trace, silent',
    ]);
    expect(() => readEnvironment(env)).toThrow(/ZG_CONFIGURATION[^]*PORT: "80x" is not a port from 0 to 65535\. For example: 3978/);
  });

  it('ends a question once, and then says where to look', () => {
    expect(() => readEnvironment({ ZAIGANG_MODD: 'x' })).toThrow(
      /ZAIGANG_MODD: not known, did you mean ZAIGANG_MODE\? See \.env\.example for every variable\.$/,
    );
    expect(() => readEnvironment({ ZAIGANG_QQQQQQQQQQQQ: 'x' })).toThrow(/ZAIGANG_QQQQQQQQQQQQ: not known\. See /);
  });

  it.each([
    'ZAIGANG_MOOD',
    'CLOCK_SPEED',
    'REDIS_HOST',
    'CAMPAIGN_FIEL',
    'DATA_DIRECTORY',
    'DIRECTLINE_KEY',
    'MICROSOFTAPPID',
    'MicrosoftAppSecret',
  ])('refuses %s, which begins like ours but is not', (name) => {
    expect(faultsIn({ [name]: 'x' })).toContainEqual(expect.stringContaining(`${name}: not known`));
  });

  it('lets be what Kubernetes adds for a service named redis', () => {
    const links = {
      REDIS_SERVICE_HOST: '10.0.0.1',
      REDIS_SERVICE_PORT: '6379',
      REDIS_PORT: 'tcp://10.0.0.1:6379',
      REDIS_PORT_6379_TCP_ADDR: '10.0.0.1',
    };
    expect(faultsIn(links)).toEqual([]);
  });

  it.each(['0.0.0.0', '192.168.1.5', 'duty.example', '::'])('keeps a demo from listening on %s', (HOST) => {
    expect(faultsIn({ HOST })).toEqual([expect.stringMatching(/^HOST: a demo/)]);
    expect(faultsIn({ ...production, HOST })).toEqual([]);
  });

  it('refuses in production what only a demo may', () => {
    expect(faultsIn({ ZAIGANG_MODE: 'production', CLOCK_SCALE: '1', CLOCK_START: '2021-08-27T09:55+08:00' })).toEqual([
      expect.stringMatching(/^CLOCK_SCALE: moves/),
      expect.stringMatching(/^CLOCK_START: moves/),
      expect.stringMatching(/^CAMPAIGN_FILE: missing/),
      expect.stringMatching(/^DIRECTLINE_SECRET: missing/),
    ]);
    expect(readEnvironment(production).clock).toBeNull();
  });

  it('wants the credentials of Teams whole', () => {
    const id = '12345678-1234-1234-1234-123456789012';
    expect(faultsIn({ MicrosoftAppPassword: 'p' })).toEqual([expect.stringMatching(/^MicrosoftAppId: missing/)]);
    expect(faultsIn({ MicrosoftAppId: id, MicrosoftAppType: 'SingleTenant' })).toEqual([
      expect.stringMatching(/^MicrosoftAppPassword: missing/),
      expect.stringMatching(/^MicrosoftAppTenantId: missing/),
    ]);
    expect(readEnvironment({ MicrosoftAppId: id, MicrosoftAppPassword: 'p' }).bot).toEqual({
      appId: id,
      password: 'p',
      type: 'MultiTenant',
      tenantId: null,
    });
  });

  it('never repeats a secret', () => {
    const env = { DIRECTLINE_SECRET: 'hunter2', REDIS_URL: 'redis://u:hunter2@host:99999' };
    expect(faultsIn(env)).toHaveLength(2);
    expect(faultsIn(env).join()).not.toContain('hunter2');
    expect(faultsIn({ REDIS_URL: 'http://u:hunter2@host' }).join()).not.toContain('hunter2');
  });

  it.each(['redis://h', 'rediss://u:p@h:1/2', 'redis+sentinel://a,b/main', 'redis+cluster://a:1,b:2', '/run/r.sock', 'unix:///run/r.sock'])(
    'takes the address %s',
    (REDIS_URL) => {
      expect(faultsIn({ REDIS_URL })).toEqual([]);
    },
  );

  it.each(['localhost:6379', 'redis://', 'redis://h:0', 'redis+sentinel://a', 'redis://a,b', 'memory'])(
    'refuses the address %s',
    (REDIS_URL) => {
      expect(faultsIn({ REDIS_URL })).toEqual([expect.stringMatching(/^REDIS_URL: /)]);
    },
  );
});

describe('the address under which people reach the service', () => {
  it('is taken with a slash at its end, and refused where nothing could follow it', () => {
    expect(readEnvironment({ PUBLIC_URL: 'https://zaigang.example.cn' }).publicUrl).toBe('https://zaigang.example.cn/');
    expect(readEnvironment({ PUBLIC_URL: 'http://10.1.2.3:8080/duty/' }).publicUrl).toBe('http://10.1.2.3:8080/duty/');
    for (const url of ['zaigang.example.cn', 'ftp://zaigang.example.cn', 'https://zaigang.example.cn/?a=1', 'https://u@zaigang.example.cn'])
      expect(faultsIn({ PUBLIC_URL: url })).toEqual([expect.stringMatching(/^PUBLIC_URL: .* is not an address that begins with https/)]);
    expect(faultsIn({ PUBLIC_ULR: 'https://zaigang.example.cn' })).toEqual(['PUBLIC_ULR: not known, did you mean PUBLIC_URL?']);
  });

  it('is missed where others than this machine are let in, and nowhere else', () => {
    expect(warningsOf(readEnvironment({ ...production, HOST: '0.0.0.0' }))).toEqual([expect.stringMatching(/^PUBLIC_URL is not set/)]);
    expect(warningsOf(readEnvironment({ ...production, HOST: '0.0.0.0', PUBLIC_URL: 'https://zaigang.example.cn/' }))).toEqual([]);
    expect(warningsOf(readEnvironment(production))).toEqual([]);
    expect(warningsOf(readEnvironment({}))).toEqual([]);
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const entries = [...text.matchAll(/^#?([A-Za-z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);

  it('lists every variable, and no other', () => {
    expect(entries.map(([name]) => name).sort()).toEqual([...variableNames].sort());
  });

  it('explains each: a comment stands above every block', () => {
    for (const block of text.split('\n\n').filter((part) => /^#?[A-Za-z_]+=/m.test(part))) expect(block).toMatch(/^# /);
  });

  it('can be taken as it is', () => {
    const values = Object.fromEntries(entries.filter(([name]) => name !== 'CAMPAIGN_FILE' && name !== 'MicrosoftAppType'));
    expect(faultsIn(values)).toEqual([]);
  });

  it('sends mail through a server that it may encrypt to, and signs in whole or not at all', () => {
    const mail = { SMTP_HOST: 'smtp.jn.example.cn', SMTP_FROM: '在岗 <Duty@JN.example.cn>' };
    expect(readEnvironment(mail).channels.email).toEqual({
      host: 'smtp.jn.example.cn',
      port: 587,
      security: 'starttls',
      login: null,
      from: '在岗 <Duty@JN.example.cn>',
      domain: 'jn.example.cn',
      caFile: null,
    });
    const signed = { ...mail, SMTP_PORT: '465', SMTP_USER: 'duty', SMTP_PASSWORD: 'verysecret', SMTP_CA_FILE: caFile };
    expect(readEnvironment(signed).channels.email).toMatchObject({
      security: 'tls',
      login: { user: 'duty', password: 'verysecret' },
      caFile,
    });
    expect(readEnvironment({ ...mail, SMTP_HOST: '127.0.0.1', SMTP_SECURITY: 'none' }).channels.email).toMatchObject({ port: 25 });
    expect(faultsIn({ SMTP_HOST: 'smtp.example.cn' })).toEqual(['SMTP_FROM: missing; Mail needs it, or leave all SMTP_ variables out']);
    expect(faultsIn({ ...mail, SMTP_USER: 'duty', SMTP_SECURITY: 'none', SMTP_PORTT: '25' })).toEqual([
      'SMTP_PORTT: not known, did you mean SMTP_PORT?',
      'SMTP_PASSWORD: missing; signing in takes SMTP_USER and SMTP_PASSWORD, or neither',
      'SMTP_SECURITY: none is only for a server on this machine: names would go over the network in the clear',
    ]);
    for (const from of ['duty', 'duty@', '在岗 <duty@jn.example.cn', 'a@b.cn\nBcc: c@d.cn'])
      expect(faultsIn({ ...mail, SMTP_FROM: from })).toHaveLength(1);
  });

  it('starts with all of a platform or with none of it, and shows no secret of it', () => {
    const wecom = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002', WECOM_SECRET: 's', WECOM_TOKEN: 't', WECOM_AES_KEY: 'a'.repeat(43) };
    expect(readEnvironment(wecom).channels.wecom).toMatchObject({
      corpId: 'ww1',
      agentId: 1_000_002,
      robotKey: null,
      apiBase: 'https://qyapi.weixin.qq.com',
    });
    const { WECOM_TOKEN: _, ...half } = wecom;
    expect(faultsIn(half)).toEqual(['WECOM_TOKEN: missing; WeCom needs it, or leave all WECOM_ variables out']);
    const wrong = { ...wecom, WECOM_AES_KEY: 'verysecret', WECOM_AGENT_ID: 'x', WECOM_API_BASE: 'qyapi' };
    expect(faultsIn(wrong)).toHaveLength(3);
    expect(faultsIn(wrong).join(' ')).not.toContain('verysecret');
    expect(
      readEnvironment({ ...wecom, WECOM_API_BASE: 'https://sdt.example:8443/wecom', WECOM_CA_FILE: caFile }).channels.wecom,
    ).toMatchObject({
      apiBase: 'https://sdt.example:8443/wecom',
      caFile,
    });
    const none = 'is not the path of a file with the certificate of an authority (PEM)';
    for (const bad of ['/nowhere/ca.pem', tmpdir(), new URL(import.meta.url).pathname])
      expect(faultsIn({ ...wecom, WECOM_CA_FILE: bad })).toEqual([`WECOM_CA_FILE: ${JSON.stringify(bad)} ${none}`]);
  });

  it('takes Feishu whole, with the ways in which it may urge', () => {
    const feishu = { FEISHU_APP_ID: 'cli_a1', FEISHU_APP_SECRET: 's', FEISHU_VERIFICATION_TOKEN: 'v', FEISHU_ENCRYPT_KEY: 'hunter2' };
    expect(readEnvironment({ ...feishu, FEISHU_URGENT: 'phone, app', FEISHU_API_BASE: 'https://feishu.example/' }).channels.feishu).toEqual(
      {
        appId: 'cli_a1',
        appSecret: 's',
        verificationToken: 'v',
        encryptKey: 'hunter2',
        chatId: null,
        urgent: ['app', 'phone'],
        apiBase: 'https://feishu.example',
        caFile: null,
      },
    );
    const { FEISHU_APP_SECRET: _, ...half } = feishu;
    expect(faultsIn(half)).toEqual(['FEISHU_APP_SECRET: missing; Feishu needs it, or leave all FEISHU_ variables out']);
    expect(faultsIn({ ...feishu, FEISHU_URGENT: 'sms,fax', FEISHU_APPID: 'x' })).toEqual([
      'FEISHU_APPID: not known, did you mean FEISHU_APP_ID?',
      'FEISHU_URGENT: "sms,fax" is not some of app, sms, phone, with commas between',
    ]);
  });

  it('takes DingTalk whole, by stream and answered by words unless more is said', () => {
    const dingtalk = { DINGTALK_CLIENT_ID: 'ding1', DINGTALK_CLIENT_SECRET: 's' };
    expect(readEnvironment(dingtalk).channels.dingtalk).toEqual({
      clientId: 'ding1',
      clientSecret: 's',
      robotCode: 'ding1',
      mode: 'stream',
      callback: null,
      cardTemplate: null,
      cardRoute: null,
      group: null,
      ding: [],
      apiBase: 'https://api.dingtalk.com',
      oapiBase: 'https://oapi.dingtalk.com',
      caFile: null,
    });
    const group = { ...dingtalk, DINGTALK_GROUP_TOKEN: 't', DINGTALK_GROUP_SECRET: 'g', DINGTALK_DING: 'phone' };
    expect(readEnvironment(group).channels.dingtalk).toMatchObject({ group: { token: 't', secret: 'g' }, ding: ['phone'] });
    expect(faultsIn({ DINGTALK_CLIENT_ID: 'ding1' })).toEqual([
      'DINGTALK_CLIENT_SECRET: missing; DingTalk needs it, or leave all DINGTALK_ variables out',
    ]);
    expect(
      faultsIn({ ...dingtalk, DINGTALK_MODE: 'http', DINGTALK_CARD_TEMPLATE: 'c', DINGTALK_TOKEN: 't', DINGTALK_GROUP_SECRET: 'hunter2' }),
    ).toEqual([
      'DINGTALK_AES_KEY: missing; DINGTALK_TOKEN needs it',
      'DINGTALK_GROUP_TOKEN: missing; DINGTALK_GROUP_SECRET needs it',
      'DINGTALK_CARD_ROUTE: missing; over http presses on cards come to an address that is registered under a key',
    ]);
    expect(faultsIn({ ...group, DINGTALK_GROUP_ID: 'cid' })).toEqual([expect.stringMatching(/^DINGTALK_GROUP_ID: the group hears/)]);
  });
});
