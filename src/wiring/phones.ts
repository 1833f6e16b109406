import type { AliyunAccess } from '../../adapters/bot/aliyun.ts';
import type { TencentAccess } from '../../adapters/bot/tencent.ts';
import { createAliyunSms } from '../../adapters/sms/aliyun.ts';
import { createSmsDoor } from '../../adapters/sms/door.ts';
import type { SmsGateway } from '../../adapters/sms/gateway.ts';
import { limits as smsLimits } from '../../adapters/sms/limits.ts';
import { createSmsChannel } from '../../adapters/sms/outbound.ts';
import { createTencentSms } from '../../adapters/sms/tencent.ts';
import { createAliyunVoice } from '../../adapters/voice/aliyun.ts';
import { createVoiceDoor } from '../../adapters/voice/door.ts';
import type { VoiceGateway } from '../../adapters/voice/gateway.ts';
import { limits as voiceLimits } from '../../adapters/voice/limits.ts';
import { createVoiceChannel } from '../../adapters/voice/outbound.ts';
import { createTencentVoice } from '../../adapters/voice/tencent.ts';
import type { AliyunSmsSettings, AliyunVoiceSettings, PhoneSettings, TencentSmsSettings, TencentVoiceSettings } from '../config/phones.ts';
import type { Log } from '../ports/log.ts';
import type { OpenedPlatform, PlatformParts } from './platform-parts.ts';

/** Text messages and calls, through one cloud or the other. */

const aliyunAccess = (settings: AliyunSmsSettings | AliyunVoiceSettings, timeoutMs: number): AliyunAccess => {
  const { accessKeyId, accessKeySecret, apiBase: base, caFile } = settings;
  return { accessKeyId, accessKeySecret, base, timeoutMs, ...(caFile === null ? {} : { caFile }) };
};

const tencentAccess = (settings: TencentSmsSettings | TencentVoiceSettings, timeoutMs: number): TencentAccess => {
  const { secretId, secretKey, region, apiBase: base, caFile } = settings;
  return { secretId, secretKey, region, base, timeoutMs, ...(caFile === null ? {} : { caFile }) };
};

/** Before there is something to send, and once everything else runs: loading keeps a process busy, which would hold up a ladder. */
const loadFirst =
  ({ name, load }: Pick<SmsGateway | VoiceGateway, 'name' | 'load'>, log: Log) =>
  async () => {
    await load().catch((error: unknown) => log.error({ channel: name, error: String(error) }, 'the SDK of a cloud cannot be loaded'));
    return { stop: () => {} };
  };

type Sms = Pick<AliyunSmsSettings, 'templates' | 'callback'>;

const openSms = (gateway: SmsGateway, { templates, callback }: Sms, parts: PlatformParts): OpenedPlatform => {
  const { guard, mobileOf, count, log, phones } = parts;
  const channel = createSmsChannel({
    gateway,
    templates,
    mobileOf,
    nameOf: phones.nameOf,
    dispatches: phones.dispatches,
    rates: parts.limits,
    log,
  });
  const door = createSmsDoor({ ...callback, ...phones, channel: gateway.name, count, realNow: Date.now });
  // numbers are counted where templates and contents are known
  const rules = { perRecipient: [], perChannel: gateway.limits.perChannel };
  return {
    channels: [guard(channel, { ...rules, timeoutMs: smsLimits.batchTimeoutMs })],
    doors: [door],
    listen: loadFirst(gateway, log),
  };
};

const openVoice = (gateway: VoiceGateway, { templates, callback }: Sms, parts: PlatformParts): OpenedPlatform => {
  const { guard, count, log, phones } = parts;
  const channel = createVoiceChannel({ gateway, templates, ...phones, log });
  const door = createVoiceDoor({ ...callback, ...phones, channel: gateway.name, count, log, realNow: Date.now });
  const { perRecipient, perChannel } = gateway.limits;
  return {
    channels: [guard(channel, { perRecipient, perChannel, timeoutMs: voiceLimits.batchTimeoutMs })],
    doors: [door],
    listen: loadFirst(gateway, log),
  };
};

export const openPhones = (settings: PhoneSettings, parts: PlatformParts): readonly OpenedPlatform[] => {
  const { aliyunSms, tencentSms, aliyunVoice, tencentVoice } = settings;
  return [
    ...(aliyunSms ? [openSms(createAliyunSms(aliyunAccess(aliyunSms, smsLimits.timeoutMs), aliyunSms.signature), aliyunSms, parts)] : []),
    ...(tencentSms
      ? [
          openSms(
            createTencentSms(tencentAccess(tencentSms, smsLimits.timeoutMs), tencentSms.appId, tencentSms.signature),
            tencentSms,
            parts,
          ),
        ]
      : []),
    ...(aliyunVoice
      ? [openVoice(createAliyunVoice(aliyunAccess(aliyunVoice, voiceLimits.timeoutMs), aliyunVoice), aliyunVoice, parts)]
      : []),
    ...(tencentVoice
      ? [openVoice(createTencentVoice(tencentAccess(tencentVoice, voiceLimits.timeoutMs), tencentVoice.appId), tencentVoice, parts)]
      : []),
  ];
};
