import type { z } from 'zod';
import { addressLike, file, secret, some, someOf } from './channel-fields.ts';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

/** 钉钉: the first two, or none; the rest by what is wanted. */
export const dingtalkVariables = {
  DINGTALK_CLIENT_ID: some('the client id (AppKey) of the application', 'ding0123456789abcdef').optional(),
  DINGTALK_CLIENT_SECRET: secret('the client secret (AppSecret) of the application').optional(),
  DINGTALK_ROBOT_CODE: some('the code of the robot', 'ding0123456789abcdef').optional(),
  DINGTALK_MODE: textField('one of stream, http', 'stream', (text) =>
    (['stream', 'http'] as const).find((mode) => mode === text),
  ).optional(),
  DINGTALK_TOKEN: secret('the token of encrypted callbacks').optional(),
  DINGTALK_AES_KEY: textField(
    'the AES key of encrypted callbacks, 43 letters and digits',
    'as the platform shows it',
    (text) => (/^[A-Za-z\d+/]{43}$/.test(text) ? text : undefined),
    { isSecret: true },
  ).optional(),
  DINGTALK_CARD_TEMPLATE: some('the id of a template of cards', '01234567-89ab-cdef-0123-456789abcdef.schema').optional(),
  DINGTALK_CARD_ROUTE: some('the key under which the address of cards is registered', 'zaigang').optional(),
  DINGTALK_CARD_SECRET: secret('the secret that the address of cards was registered with').optional(),
  DINGTALK_GROUP_ID: some("the openConversationId of the office's group", 'cid0123456789abcdef==').optional(),
  DINGTALK_GROUP_TOKEN: secret("the access token of the robot in the office's group").optional(),
  DINGTALK_GROUP_SECRET: secret("the signing secret of the robot in the office's group").optional(),
  DINGTALK_DING: someOf(['app', 'sms', 'phone']).optional(),
  DINGTALK_API_BASE: addressLike('https://api.dingtalk.com').optional(),
  DINGTALK_OAPI_BASE: addressLike('https://oapi.dingtalk.com').optional(),
  DINGTALK_CA_FILE: file.optional(),
};

export const dingtalkNeeds = ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'] as const;

const pairs = [
  ['DINGTALK_TOKEN', 'DINGTALK_AES_KEY'],
  ['DINGTALK_GROUP_TOKEN', 'DINGTALK_GROUP_SECRET'],
  ['DINGTALK_CARD_ROUTE', 'DINGTALK_CARD_SECRET'],
] as const;

/** What goes with what. */
export const dingtalkFaults = (given: Given): readonly Fault[] => [
  ...pairs.flatMap(([one, other]) => {
    if ((given[one] === undefined) === (given[other] === undefined)) return [];
    const [there, missing] = given[one] === undefined ? [other, one] : [one, other];
    return [{ name: missing, problem: `missing; ${there} needs it` }];
  }),
  ...(given['DINGTALK_GROUP_ID'] !== undefined && given['DINGTALK_GROUP_TOKEN'] !== undefined
    ? [{ name: 'DINGTALK_GROUP_ID', problem: 'the group hears through the application, or through a robot of its own; leave one out' }]
    : []),
  ...(given['DINGTALK_MODE'] === 'http' && given['DINGTALK_CARD_TEMPLATE'] !== undefined && given['DINGTALK_CARD_ROUTE'] === undefined
    ? [{ name: 'DINGTALK_CARD_ROUTE', problem: 'missing; over http presses on cards come to an address that is registered under a key' }]
    : []),
];

export type DingtalkSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** Over a connection that we open, or to the webhook. */
  readonly mode: 'stream' | 'http';
  /** Null: no encrypted callbacks. */
  readonly callback: { readonly token: string; readonly aesKey: string } | null;
  /** Null: markdown, answered by words. */
  readonly cardTemplate: string | null;
  /** Null: none are pressed over HTTP. */
  readonly cardRoute: { readonly key: string; readonly secret: string } | null;
  /** Null: nothing goes to the group through DingTalk. */
  readonly group: { readonly conversationId: string } | { readonly token: string; readonly secret: string } | null;
  /** How a DING may reach somebody; each but `app` costs of the company's quota. */
  readonly ding: readonly ('app' | 'sms' | 'phone')[];
  readonly apiBase: string;
  /** Of the old interfaces. */
  readonly oapiBase: string;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

type Read = { readonly [name in keyof typeof dingtalkVariables]?: z.output<(typeof dingtalkVariables)[name]> };

const groupOf = ({ DINGTALK_GROUP_ID: conversationId, DINGTALK_GROUP_TOKEN: token, DINGTALK_GROUP_SECRET: secretOf }: Read) => {
  if (conversationId !== undefined) return { conversationId };
  return token === undefined || secretOf === undefined ? null : { token, secret: secretOf };
};

export const arrangeDingtalk = (read: Read): DingtalkSettings | null => {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret } = read;
  if (clientId === undefined || clientSecret === undefined) return null;
  const { DINGTALK_TOKEN: token, DINGTALK_AES_KEY: aesKey, DINGTALK_CARD_ROUTE: key, DINGTALK_CARD_SECRET: cardSecret } = read;
  return {
    clientId,
    clientSecret,
    robotCode: read.DINGTALK_ROBOT_CODE ?? clientId,
    mode: read.DINGTALK_MODE ?? 'stream',
    callback: token === undefined || aesKey === undefined ? null : { token, aesKey },
    cardTemplate: read.DINGTALK_CARD_TEMPLATE ?? null,
    cardRoute: key === undefined || cardSecret === undefined ? null : { key, secret: cardSecret },
    group: groupOf(read),
    ding: read.DINGTALK_DING ?? [],
    apiBase: read.DINGTALK_API_BASE ?? 'https://api.dingtalk.com',
    oapiBase: read.DINGTALK_OAPI_BASE ?? 'https://oapi.dingtalk.com',
    caFile: read.DINGTALK_CA_FILE ?? null,
  };
};
