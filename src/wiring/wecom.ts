import { envelopeKey } from '../../adapters/bot/envelope.ts';
import { createPlatformHttp } from '../../adapters/bot/platform-http.ts';
import { createPulse } from '../../adapters/bot/pulse.ts';
import { countedUnder, createWecomApi } from '../../adapters/wecom/api.ts';
import { createWecomDoor } from '../../adapters/wecom/door.ts';
import { limits } from '../../adapters/wecom/limits.ts';
import { createWecomChannel, sendPath } from '../../adapters/wecom/outbound.ts';
import type { WecomSettings } from '../config/channels.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

export const openWecom = (settings: WecomSettings, parts: PlatformParts): OpenedPlatform => {
  const { bindings, conversations, tokens, mobileOf, guard, taking } = parts;
  const { corpId, agentId, secret, robotKey } = settings;
  const { timeoutMs, batchTimeoutMs, perRecipient, perInterface } = limits;
  const pulse = createPulse();
  const http = createPlatformHttp({
    base: settings.apiBase,
    timeoutMs,
    pulse,
    ...(settings.caFile === null ? {} : { caFile: settings.caFile }),
  });
  const api = createWecomApi({ http, tokens, corpId, agentId, secret, rates: parts.limits });
  const channel = createWecomChannel({ api, agentId, bindings, mobileOf, ...(robotKey === null ? {} : { robotKey }) });
  const say = async (account: string, content: string): Promise<void> => {
    await api.call('/cgi-bin/message/send', { touser: account, agentid: agentId, msgtype: 'text', text: { content } });
  };
  const key = envelopeKey(settings.aesKey, corpId);
  if (!key) throw new Error('ZG_CONFIGURATION: WECOM_AES_KEY is no key; take it from the settings of the callback once more');
  const door = createWecomDoor({ ...taking(say), conversations, token: settings.token, key, realNow: Date.now });
  const quotas = [{ key: countedUnder(corpId, sendPath), rules: perInterface }];
  return { channels: [guard(channel, { perRecipient, perChannel: [], timeoutMs: batchTimeoutMs }, { pulse, quotas })], doors: [door] };
};
