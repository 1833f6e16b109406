import type { z } from 'zod';
import { addressLike, file, secret, some, someOf } from './channel-fields.ts';

/** 飞书: the first four, or none. */
export const feishuVariables = {
  FEISHU_APP_ID: some('the id of the application', 'cli_0123456789abcdef').optional(),
  FEISHU_APP_SECRET: secret('the secret of the application').optional(),
  FEISHU_VERIFICATION_TOKEN: secret('the verification token of events and callbacks').optional(),
  FEISHU_ENCRYPT_KEY: secret('the encrypt key of events and callbacks').optional(),
  FEISHU_CHAT_ID: some("the id of the office's group", 'oc_0123456789abcdef').optional(),
  FEISHU_URGENT: someOf(['app', 'sms', 'phone']).optional(),
  FEISHU_API_BASE: addressLike('https://open.feishu.cn').optional(),
  FEISHU_CA_FILE: file.optional(),
};

export const feishuNeeds = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_ENCRYPT_KEY'] as const;

export type FeishuSettings = {
  readonly appId: string;
  readonly appSecret: string;
  readonly verificationToken: string;
  readonly encryptKey: string;
  /** Null: nothing goes to the group through Feishu. */
  readonly chatId: string | null;
  /** How a message may be urged; each but `app` costs of the company's quota. */
  readonly urgent: readonly ('app' | 'sms' | 'phone')[];
  readonly apiBase: string;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

type Read = { readonly [name in keyof typeof feishuVariables]?: z.output<(typeof feishuVariables)[name]> };

export const arrangeFeishu = (read: Read): FeishuSettings | null => {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret } = read;
  const { FEISHU_VERIFICATION_TOKEN: verificationToken, FEISHU_ENCRYPT_KEY: encryptKey } = read;
  if (appId === undefined || appSecret === undefined || verificationToken === undefined || encryptKey === undefined) return null;
  return {
    appId,
    appSecret,
    verificationToken,
    encryptKey,
    chatId: read.FEISHU_CHAT_ID ?? null,
    urgent: read.FEISHU_URGENT ?? [],
    apiBase: read.FEISHU_API_BASE ?? 'https://open.feishu.cn',
    caFile: read.FEISHU_CA_FILE ?? null,
  };
};
