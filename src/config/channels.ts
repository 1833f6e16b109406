import type { z } from 'zod';
import { addressLike, file, secret, some, wholeOrNone } from './channel-fields.ts';
import { arrangeDingtalk, dingtalkFaults, dingtalkNeeds, type DingtalkSettings, dingtalkVariables } from './dingtalk.ts';
import { arrangeEmail, emailFaults, emailNeeds, type EmailSettings, emailVariables } from './email.ts';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { arrangeFeishu, feishuNeeds, type FeishuSettings, feishuVariables } from './feishu.ts';
import { textField } from './fields.ts';
import { arrangePhones, phoneFaults, type PhoneSettings, phoneVariables } from './phones.ts';

/** The platforms' variables: of each either all that it needs or none. */

export const channelVariables = {
  WECOM_CORP_ID: some('the id of the company', 'ww0123456789abcdef').optional(),
  WECOM_AGENT_ID: textField('the number of the application', '1000002', (text) =>
    /^\d{1,10}$/.test(text) ? Number(text) : undefined,
  ).optional(),
  WECOM_SECRET: secret('the secret of the application').optional(),
  WECOM_TOKEN: secret('the token of the callback').optional(),
  WECOM_AES_KEY: textField(
    'the EncodingAESKey of the callback, 43 letters and digits',
    'as the platform shows it',
    (text) => (/^[A-Za-z\d+/]{43}$/.test(text) ? text : undefined),
    { isSecret: true },
  ).optional(),
  WECOM_ROBOT_KEY: secret("the key of the robot in the office's group").optional(),
  WECOM_API_BASE: addressLike('https://qyapi.weixin.qq.com').optional(),
  WECOM_CA_FILE: file.optional(),
  ...feishuVariables,
  ...dingtalkVariables,
  ...emailVariables,
  ...phoneVariables,
};

export type WecomSettings = {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
  /** Null: nothing goes to the group through WeCom. */
  readonly robotKey: string | null;
  readonly apiBase: string;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

/** Null: not used. */
export type ChannelSettings = {
  readonly wecom: WecomSettings | null;
  readonly feishu: FeishuSettings | null;
  readonly dingtalk: DingtalkSettings | null;
  readonly email: EmailSettings | null;
  readonly phones: PhoneSettings;
};

export const wecomNeeds = ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_AES_KEY'];

export const channelFaults = (given: Given): readonly Fault[] => [
  ...wholeOrNone('WeCom', 'WECOM_', wecomNeeds, given),
  ...wholeOrNone('Feishu', 'FEISHU_', feishuNeeds, given),
  ...wholeOrNone('DingTalk', 'DINGTALK_', dingtalkNeeds, given),
  ...dingtalkFaults(given),
  ...wholeOrNone('Mail', 'SMTP_', emailNeeds, given),
  ...emailFaults(given),
  ...phoneFaults(given),
];

/** Whether a platform or a cloud brings text messages or calls to somebody's phone. */
export const phoneWaysOf = ({ feishu, dingtalk, phones }: ChannelSettings): { readonly hasSms: boolean; readonly hasVoice: boolean } => {
  const ways = [...(feishu?.urgent ?? []), ...(dingtalk?.ding ?? [])];
  return {
    hasSms: ways.includes('sms') || phones.aliyunSms !== null || phones.tencentSms !== null,
    hasVoice: ways.includes('phone') || phones.aliyunVoice !== null || phones.tencentVoice !== null,
  };
};

export const arrangeChannels = (read: z.output<z.ZodObject<typeof channelVariables>>): ChannelSettings => {
  const { WECOM_CORP_ID, WECOM_AGENT_ID, WECOM_SECRET, WECOM_TOKEN, WECOM_AES_KEY } = read;
  const hasWecom =
    WECOM_CORP_ID !== undefined &&
    WECOM_AGENT_ID !== undefined &&
    WECOM_SECRET !== undefined &&
    WECOM_TOKEN !== undefined &&
    WECOM_AES_KEY !== undefined;
  return {
    wecom: hasWecom
      ? {
          corpId: WECOM_CORP_ID,
          agentId: WECOM_AGENT_ID,
          secret: WECOM_SECRET,
          token: WECOM_TOKEN,
          aesKey: WECOM_AES_KEY,
          robotKey: read.WECOM_ROBOT_KEY ?? null,
          apiBase: read.WECOM_API_BASE ?? 'https://qyapi.weixin.qq.com',
          caFile: read.WECOM_CA_FILE ?? null,
        }
      : null,
    feishu: arrangeFeishu(read),
    dingtalk: arrangeDingtalk(read),
    email: arrangeEmail(read),
    phones: arrangePhones(read),
  };
};
