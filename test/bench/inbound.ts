import { setTimeout as rest } from 'node:timers/promises';
import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { callbackOf } from '../support/stand-ins/wecom.ts';
import { feishuCallbackOf } from '../support/stand-ins/feishu.ts';
import { bindPeople } from './channel-parts.ts';
import { freePort } from './answers.ts';
import { officerOf, roundAt } from './bureau.ts';
import { type DoorOrder, secrets } from './door-process.ts';
import { forkPart, hears } from './engine.ts';
import { type Figure, percentile, toFigure } from './figure.ts';
import { openPoster } from './poster.ts';
import { startStage } from './stage.ts';

export type InboundSize = { readonly count: number; readonly rate: number };

const people = 200;
const connections = 64;
const onPost = '\u5728\u5c97';

type Made = { readonly url: string; readonly payload: string; readonly headers?: { readonly [name: string]: string } };

const toRequest = (port: number, { url, payload, headers = {} }: Made): string =>
  [
    `POST ${url} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...Object.entries({ 'content-type': 'text/xml', ...headers }).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(payload)}`,
    '',
    payload,
  ].join('\r\n');

const { wecom, feishu } = secrets;
const wecomKey = envelopeKey(wecom.aesKey, wecom.corpId)!;

const makers: { readonly [platform: string]: (index: number, mark: string) => Made } = {
  wecom: (index, mark) => {
    const at = Date.now();
    return callbackOf(
      {
        ToUserName: wecom.corpId,
        FromUserName: `account.${officerOf((index % people) + 1)}`,
        CreateTime: String(Math.floor(at / 1_000)),
        MsgType: 'text',
        Content: onPost,
        MsgId: `${mark}${index}`,
      },
      { token: wecom.token, key: wecomKey, at },
    );
  },
  feishu: (index, mark) => ({
    url: '/channels/feishu',
    ...feishuCallbackOf(
      {
        schema: '2.0',
        header: { event_id: `${mark}${index}`, event_type: 'im.message.receive_v1', token: feishu.verificationToken, app_id: feishu.appId },
        event: {
          sender: { sender_id: { open_id: `account.${officerOf((index % people) + 1)}` }, sender_type: 'user' },
          message: {
            message_id: `om${mark}${index}`,
            chat_id: 'oc_1',
            chat_type: 'p2p',
            message_type: 'text',
            content: JSON.stringify({ text: onPost }),
          },
        },
      },
      { encryptKey: feishu.encryptKey, at: Date.now() },
    ),
  }),
};

/** As fast as it goes; a second. */
const postAtOnce = async (port: number, requests: readonly string[]): Promise<number> => {
  const poster = await openPoster(port, connections);
  const startedMs = performance.now();
  await Promise.all(requests.map((request) => poster.post(request)));
  const rate = requests.length / ((performance.now() - startedMs) / 1_000);
  if (poster.refused() > 0) console.error(`channels.inbound: ${poster.refused()} refused`);
  poster.close();
  return rate;
};

/** Evenly, each counted from the instant at which it was due: a generator that falls behind must not flatter anybody. */
const postEvenly = async (port: number, requests: readonly string[], rate: number): Promise<readonly number[]> => {
  const poster = await openPoster(port, connections);
  const startedMs = performance.now() + 50;
  const latencies: number[] = [];
  const posted: Promise<void>[] = [];
  for (let index = 0; index < requests.length;) {
    for (; index < requests.length; index++) {
      const dueMs = startedMs + (index * 1_000) / rate;
      if (dueMs > performance.now()) break;
      posted.push(poster.post(requests[index]!).then(() => void latencies.push(performance.now() - dueMs)));
    }
    await rest(1);
  }
  await Promise.all(posted);
  poster.close();
  return latencies;
};

/** Callbacks verified, kept on disk and answered: how many a second, and how long each takes at the rate that is promised. */
export const measureInbound = async ({ count, rate }: InboundSize): Promise<readonly Figure[]> => {
  const stage = await startStage(people, roundAt, roundAt);
  const bound = Array.from({ length: people }, (_, index) => officerOf(index + 1));
  for (const channel of Object.keys(makers)) await bindPeople(stage, channel, bound);
  const start = async (isBare: boolean) => {
    const order: DoorOrder = { socket: stage.server.socket, port: await freePort(), isBare, settingsAt: roundAt };
    const child = forkPart('door-process.ts', order);
    await hears(child, 'ready');
    return { port: order.port, end: () => void child.send({ type: 'stop' }) };
  };
  const figures: Figure[] = [];
  const bare = await start(true);
  const door = await start(false);
  for (const [platform, make] of Object.entries(makers)) {
    const made = (port: number, mark: string, size: number) =>
      Array.from({ length: size }, (_, index) => toRequest(port, make(index, `${platform}${mark}`)));
    await postAtOnce(door.port, made(door.port, 'w', Math.ceil(count / 5)));
    const limit = await postAtOnce(bare.port, made(bare.port, 'c', count));
    const value = await postAtOnce(door.port, made(door.port, 'f', count));
    const latencies = await postEvenly(door.port, made(door.port, 'e', count), rate);
    figures.push(
      toFigure({
        name: `channels.inbound.${platform}`,
        value,
        unit: '/s',
        limit,
        n: count,
        p50: percentile(latencies, 0.5),
        p99: percentile(latencies, 0.99),
      }),
    );
  }
  bare.end();
  door.end();
  await stage.end();
  return figures;
};
