import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { createPlatformDirectory } from '../../adapters/bot/platform-directory.ts';
import { createPlatformHttp } from '../../adapters/bot/platform-http.ts';
import { createPulse } from '../../adapters/bot/pulse.ts';
import { createReadAsker } from '../../adapters/dingtalk/ask-read.ts';
import { countedUnder, createDingtalkApi } from '../../adapters/dingtalk/api.ts';
import { createDingtalkDoor } from '../../adapters/dingtalk/door.ts';
import { createDingtalkEar } from '../../adapters/dingtalk/ear.ts';
import { limits } from '../../adapters/dingtalk/limits.ts';
import { createDingChannel } from '../../adapters/dingtalk/ding.ts';
import { type CardTemplate, createDingtalkChannel } from '../../adapters/dingtalk/outbound.ts';
import { toWords } from '../../adapters/dingtalk/render.ts';
import { openDingtalkStream } from '../../adapters/dingtalk/stream.ts';
import type { DingtalkSettings } from '../config/dingtalk.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

/** A signature is known for as long as DingTalk lets it hold, before its time and after. */
const boundOnce = [{ count: 1, perMs: 2 * limits.robotStaleAfterMs }];

/** Whether a signature has come with this body first. Shared by every instance. */
const bindIn =
  (rates: RateLimits) =>
  async (signature: string, digest: string): Promise<boolean> => {
    const pair = `dingtalk:body:${signature}:${digest}`;
    const first = await rates.take(`dingtalk:signature:${signature}`, boundOnce);
    if (first.isTaken) return (await rates.take(pair, boundOnce)).isTaken;
    return (await rates.left(pair, boundOnce))[0] === 0;
  };

const templateOf = ({ cardTemplate, cardRoute, mode }: DingtalkSettings): { readonly template?: CardTemplate } => {
  if (cardTemplate === null) return {};
  const callback = mode === 'http' && cardRoute ? ({ type: 'HTTP', routeKey: cardRoute.key } as const) : ({ type: 'STREAM' } as const);
  return { template: { id: cardTemplate, callback } };
};

const callbackOf = ({ callback, clientId }: DingtalkSettings) => {
  if (callback === null) return {};
  const key = envelopeKey(callback.aesKey, clientId);
  if (!key) throw new Error('ZG_CONFIGURATION: DINGTALK_AES_KEY is no key; take it from the settings of the callback once more');
  return { callback: { token: callback.token, key } };
};

export const openDingtalk = (settings: DingtalkSettings, parts: PlatformParts): OpenedPlatform => {
  const { bindings, tokens, mobileOf, guard, taking, count, log } = parts;
  const { clientId, clientSecret, robotCode, mode, ding, group, cardRoute, cardTemplate } = settings;
  const { timeoutMs, batchTimeoutMs, perRecipient } = limits;
  const ca = settings.caFile === null ? {} : { caFile: settings.caFile };
  const pulse = createPulse();
  const http = createPlatformHttp({ base: settings.apiBase, timeoutMs, pulse, ...ca });
  const oldHttp = createPlatformHttp({ base: settings.oapiBase, timeoutMs, pulse, ...ca });
  const api = createDingtalkApi({ http, oldHttp, tokens, rates: parts.limits, clientId, clientSecret, now: Date.now });
  const directory = createPlatformDirectory({
    channel: 'dingtalk',
    lookUp: api.lookUp,
    numbersPerCall: limits.concurrent,
    bindings,
    mobileOf,
    now: Date.now,
  });
  const channel = createDingtalkChannel({
    api,
    directory,
    robotCode,
    ...templateOf(settings),
    ...(group === null ? {} : { group }),
    dingsAlarms: ding.includes('app'),
    readAsker: createReadAsker({ api, robotCode, receive: parts.phones.receive, log }),
  });
  const dings = ding.filter((way) => way !== 'app').map((way) => createDingChannel({ api, directory, robotCode, way }));
  const say = async (account: string, text: string): Promise<void> => {
    const words = { robotCode, userIds: [account], msgKey: 'sampleMarkdown', msgParam: JSON.stringify(toWords({ text })) };
    await api.call('POST', '/v1.0/robot/oToMessages/batchSend', words);
  };
  const hear = createDingtalkEar(taking(say));
  // calls are counted where they are made, by interface
  const send = cardTemplate === null ? 'POST /v1.0/robot/oToMessages/batchSend' : 'POST /v1.0/card/instances/createAndDeliver';
  const quotas = [{ key: countedUnder(clientId, send), rules: limits.perInterface }];
  const channels = [channel, ...dings].map((one) =>
    guard(one, { perRecipient, perChannel: [], timeoutMs: batchTimeoutMs }, { pulse, quotas }),
  );
  if (mode === 'stream')
    return { channels, doors: [], listen: () => openDingtalkStream({ http, clientId, clientSecret, robotCode, hear, count, log }) };
  const door = createDingtalkDoor({
    hear,
    robotCode,
    clientSecret,
    ...(cardRoute === null ? {} : { cardSecret: cardRoute.secret }),
    ...callbackOf(settings),
    isBoundTo: bindIn(parts.limits),
    realNow: Date.now,
  });
  return { channels, doors: [door] };
};
