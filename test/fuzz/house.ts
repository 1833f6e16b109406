import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../adapters/log/pino-log.ts';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { startService } from '../../src/wiring/service.ts';
import { startRedis } from '../support/redis.ts';

/** Everything that must never be seen in a log. */
export const secrets = {
  directLine: 'direct-line-secret-0123456789-abcdefgh',
  wecomSecret: 'wecom-secret-0123456789',
  wecomToken: 'wecom-token-0123456789',
  aesKey: 'a'.repeat(43),
  feishuSecret: 'feishu-secret-0123456789',
  feishuToken: 'feishu-token-0123456789',
  feishuKey: 'feishu-key-0123456789',
  dingtalkSecret: 'dingtalk-secret-0123456789',
  cardSecret: 'card-secret-0123456789',
  callback: 'callback-secret-0123456789',
  cloudKey: 'cloud-key-0123456789',
  openId: 'open-id-secret-0123456789',
} as const;

/** Nothing answers there. */
const nowhere = 'http://127.0.0.1:9';

const settings = {
  DIRECTLINE_SECRET: secrets.directLine,
  OIDC_ISSUER: nowhere,
  OIDC_CLIENT_ID: 'zaigang',
  OIDC_CLIENT_SECRET: secrets.openId,
  WECOM_CORP_ID: 'ww1',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: secrets.wecomSecret,
  WECOM_TOKEN: secrets.wecomToken,
  WECOM_AES_KEY: secrets.aesKey,
  WECOM_API_BASE: nowhere,
  FEISHU_APP_ID: 'cli_1',
  FEISHU_APP_SECRET: secrets.feishuSecret,
  FEISHU_VERIFICATION_TOKEN: secrets.feishuToken,
  FEISHU_ENCRYPT_KEY: secrets.feishuKey,
  FEISHU_API_BASE: nowhere,
  DINGTALK_CLIENT_ID: 'ding1',
  DINGTALK_CLIENT_SECRET: secrets.dingtalkSecret,
  DINGTALK_MODE: 'http',
  DINGTALK_CARD_SECRET: secrets.cardSecret,
  DINGTALK_CARD_ROUTE: 'route',
  DINGTALK_CARD_TEMPLATE: 'card.schema',
  DINGTALK_TOKEN: 'dingtalk-token',
  DINGTALK_AES_KEY: secrets.aesKey,
  DINGTALK_API_BASE: nowhere,
  DINGTALK_OAPI_BASE: nowhere,
  ALIYUN_SMS_ACCESS_KEY_ID: 'id',
  ALIYUN_SMS_ACCESS_KEY_SECRET: secrets.cloudKey,
  ALIYUN_SMS_SIGNATURE: 'sign',
  ALIYUN_SMS_QUESTION: 'SMS_1 {name}{text}',
  ALIYUN_SMS_CALLBACK_SECRET: secrets.callback,
  ALIYUN_SMS_API_BASE: nowhere,
  TENCENT_SMS_SECRET_ID: 'id',
  TENCENT_SMS_SECRET_KEY: secrets.cloudKey,
  TENCENT_SMS_APP_ID: '1400006666',
  TENCENT_SMS_SIGNATURE: 'sign',
  TENCENT_SMS_QUESTION: '1001 {name}{text}',
  TENCENT_SMS_CALLBACK_SECRET: secrets.callback,
  TENCENT_SMS_API_BASE: nowhere,
  ALIYUN_VOICE_ACCESS_KEY_ID: 'id',
  ALIYUN_VOICE_ACCESS_KEY_SECRET: secrets.cloudKey,
  ALIYUN_VOICE_QUESTION: 'TTS_1 {text}',
  ALIYUN_VOICE_CALLBACK_SECRET: secrets.callback,
  ALIYUN_VOICE_API_BASE: nowhere,
  TENCENT_VOICE_SECRET_ID: 'id',
  TENCENT_VOICE_SECRET_KEY: secrets.cloudKey,
  TENCENT_VOICE_APP_ID: '1400006666',
  TENCENT_VOICE_QUESTION: '2001 {text}',
  TENCENT_VOICE_CALLBACK_SECRET: secrets.callback,
  TENCENT_VOICE_API_BASE: nowhere,
};

export type Answer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
};

const readChunks = (body: string): string => {
  const [, size = '', rest = ''] = /^([\da-f]+)\r\n([^]*)$/iu.exec(body) ?? [];
  const length = Number.parseInt(size, 16);
  return length > 0 ? rest.slice(0, length) + readChunks(rest.slice(length + 2)) : '';
};

const readAnswer = (received: string): Answer | undefined => {
  const [, status, lines, body] = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n([^]*)$/u.exec(received) ?? [];
  if (status === undefined || lines === undefined || body === undefined) return undefined;
  const headers = Object.fromEntries(
    lines
      .split('\r\n')
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const),
  );
  // an answer before the real one
  if (status === '100') return readAnswer(body);
  if (headers['transfer-encoding'] === 'chunked') return { status: Number(status), headers, body: readChunks(body) };
  // what comes after it answers what came after the request
  const length = headers['content-length'];
  return { status: Number(status), headers, body: length === undefined ? body : body.slice(0, Number(length)) };
};

/** Connections may be kept for what is asked next. */
const isComplete = (answer: Answer | undefined): boolean => {
  const length = answer?.headers['content-length'];
  return answer !== undefined && length !== undefined && answer.body.length >= Number(length);
};

/** As it is, byte for byte; what is not whole is not waited for by the other side, since nothing more comes; undefined where the connection was closed without a word. Rejects where nothing comes. */
export const sendBytes = (url: string, bytes: Uint8Array, isWhole: boolean, mostMs = 60_000): Promise<Answer | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const parts: Buffer[] = [];
    const received = (): string => Buffer.concat(parts).toString('latin1');
    const end = (): void => {
      socket.destroy();
      clearTimeout(deadline);
      resolve(readAnswer(received()));
    };
    const deadline = setTimeout(() => {
      socket.destroy();
      // streams do not end
      if (/\r\ncontent-type: text\/event-stream|^HTTP\/1\.1 101/u.test(received())) resolve(readAnswer(received()));
      else reject(new Error(`no answer within ${mostMs} ms`));
    }, mostMs);
    socket.on('data', (chunk: Buffer) => {
      parts.push(chunk);
      // enough of what would not end by itself
      if (/\r\ncontent-type: text\/event-stream|^HTTP\/1\.1 101/u.test(received()) || isComplete(readAnswer(received()))) end();
    });
    socket.on('close', end);
    socket.on('error', end);
    if (isWhole) socket.write(bytes);
    else socket.end(bytes);
  });

export type House = {
  /** Ends with a slash. */
  readonly url: string;
  readonly lines: readonly string[];
  /** What was never handled, once everything that came in has been looked at. */
  readonly untilQuiet: () => Promise<readonly string[]>;
  /** What is in the ledger by somebody's doing since it was opened. */
  readonly done: () => Promise<readonly LedgerRow[]>;
  readonly close: () => Promise<void>;
};

const pollMs = 20;
const mostPolls = 3_000;

/** The whole service with every door open, its clock all but still; everything it logs is kept. */
export const openHouse = async (): Promise<House> => {
  const redis = await startRedis({ appendfsync: 'everysec' });
  const folder = await mkdtemp(join(tmpdir(), 'zg-fuzz-'));
  const lines: string[] = [];
  const env = readEnvironment({
    PORT: '0',
    DATA_DIR: folder,
    REDIS_URL: redis.url,
    CLOCK_SCALE: '0.1',
    CLOCK_START: '2021-08-27T10:30+08:00',
    ...settings,
  });
  const service = await startService(env, redis.socket, createLog('trace', { write: (line) => void lines.push(line) }));
  const keys = keysOf('jinan');
  const stream = createLedgerStream(redis.redis, keys, 'jinan');
  const begunAt = await stream.lastSeq();
  return {
    url: service.url,
    lines,
    untilQuiet: async () => {
      for (let polls = 0; (await redis.redis.xlen(keys.inbox)) > 0 && polls < mostPolls; polls++)
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      const aside = await redis.redis.xrange(keys.aside, '-', '+');
      return aside.map(([, fields]) => fields.join(' '));
    },
    done: async () => (await stream.rows(begunAt, Number.MAX_SAFE_INTEGER)).filter(({ actor }) => actor !== undefined),
    close: async () => {
      await service.stop();
      await redis.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
