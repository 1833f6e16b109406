import { createPlatformHttp } from '../../adapters/bot/platform-http.ts';
import { createPulse } from '../../adapters/bot/pulse.ts';
import { countedUnder, createFeishuApi } from '../../adapters/feishu/api.ts';
import { createPlatformDirectory } from '../../adapters/bot/platform-directory.ts';
import { createFeishuDoor } from '../../adapters/feishu/door.ts';
import { limits } from '../../adapters/feishu/limits.ts';
import { createFeishuChannel, createFeishuUrgentChannel, uuidOf } from '../../adapters/feishu/outbound.ts';
import { toContent, toText } from '../../adapters/feishu/render.ts';
import { rememberDispatches } from '../../adapters/bot/remember-dispatches.ts';
import type { FeishuSettings } from '../config/feishu.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

/** A press is known for as long as its signature holds, and to be sure as long again. */
const pressedOnce = [{ count: 1, perMs: 2 * limits.staleAfterMs }];

export const openFeishu = (settings: FeishuSettings, parts: PlatformParts): OpenedPlatform => {
  const { bindings, conversations, tokens, mobileOf, guard, taking, runTurn, render } = parts;
  const { appId, appSecret, verificationToken, encryptKey, chatId, urgent, apiBase: base } = settings;
  const { timeoutMs, batchTimeoutMs, perRecipient } = limits;
  const pulse = createPulse();
  const http = createPlatformHttp({ base, timeoutMs, pulse, ...(settings.caFile === null ? {} : { caFile: settings.caFile }) });
  const api = createFeishuApi({ http, base, tokens, rates: parts.limits, appId, appSecret });
  const directory = createPlatformDirectory({
    channel: 'feishu',
    lookUp: api.lookUp,
    numbersPerCall: limits.directoryNumbers,
    bindings,
    mobileOf,
    now: Date.now,
  });
  const group = chatId === null ? {} : { groupChatId: chatId };
  const channel = createFeishuChannel({ api, directory, ...group, urgesAlarms: urgent.includes('app') });
  const urging = urgent
    .filter((urgency) => urgency !== 'app')
    .map((urgency) => createFeishuUrgentChannel({ api, directory, conversations, urgency }));
  const say = async (account: string, text: string): Promise<void> => {
    await api.send({ openId: account }, toText(text), uuidOf({ id: `${account} ${text} ${Date.now()}` }));
  };
  const door = createFeishuDoor({
    ...taking(say),
    runTurn,
    render,
    dispatches: parts.phones.dispatches,
    receive: parts.phones.receive,
    show: async (account, shown, id) => {
      await api.send({ openId: account }, toContent(shown), uuidOf({ id }));
    },
    isFirst: async (eventId) => (await parts.limits.take(`feishu:press:${eventId}`, pressedOnce)).isTaken,
    appId,
    verificationToken,
    encryptKey,
    ...group,
    realNow: Date.now,
  });
  // calls are counted where they are made, by interface
  const quotas = [{ key: countedUnder(appId, 'message.create'), rules: limits.perInterface }];
  const rules = { perRecipient, perChannel: [], timeoutMs: batchTimeoutMs };
  return {
    channels: [rememberDispatches(channel, parts.phones.dispatches, parts.log), ...urging].map((one) =>
      guard(one, rules, { pulse, quotas }),
    ),
    doors: [door],
  };
};
