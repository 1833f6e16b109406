import { resolve } from 'node:path';
import { z } from 'zod';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

/** The platforms' variables: of each either all that it needs or none. */

const some = (form: string, example: string) => textField(form, example, (text) => text || undefined);
const secret = (form: string) => textField(form, 'as the platform shows it', (text) => text || undefined, { isSecret: true });
const address = textField('an address that begins with http:// or https://', 'https://qyapi.weixin.qq.com', (text) =>
  /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/.test(text) ? text : undefined,
);
const file = textField('the path of a file', './ca.pem', (text) => resolve(text));

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
  WECOM_API_BASE: address.optional(),
  WECOM_CA_FILE: file.optional(),
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
export type ChannelSettings = { readonly wecom: WecomSettings | null };

const needed: { readonly [channel: string]: { readonly prefix: string; readonly names: readonly string[] } } = {
  WeCom: { prefix: 'WECOM_', names: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_AES_KEY'] },
};

/** Half a set of credentials is never started with. */
export const channelFaults = (given: Given): readonly Fault[] =>
  Object.entries(needed).flatMap(([channel, { prefix, names }]) => {
    if (!Object.keys(given).some((name) => name.startsWith(prefix))) return [];
    return names
      .filter((name) => given[name] === undefined)
      .map((name) => ({ name, problem: `missing; ${channel} needs it, or leave all ${prefix} variables out` }));
  });

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
  };
};
