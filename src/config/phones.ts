import { isIP } from 'node:net';
import type { z } from 'zod';
import { addressLike, file, secret, some, wholeOrNone } from './channel-fields.ts';
import type { Given } from './environment-rules.ts';
import type { Fault } from './faults.ts';
import { textField } from './fields.ts';

/** 短信 and 语音 through Alibaba Cloud and Tencent Cloud: of each of the four all that it needs, or none. */

const placeNames = ['name', 'title', 'text', 'facts', 'code'] as const;
type PlaceName = (typeof placeNames)[number];

export type TemplateSettings = {
  readonly id: string;
  /** With our names in braces where its variables are. */
  readonly text: string;
  readonly places: readonly PlaceName[];
};

const readTemplate = (written: string): TemplateSettings | undefined => {
  const [, id, text] = /^(\S+)\s+(\S.*)$/su.exec(written) ?? [];
  if (id === undefined || text === undefined) return undefined;
  const named = Array.from(text.matchAll(/\{(\w*)\}/gu), (match) => match[1]!);
  const places = named.flatMap((name) => placeNames.find((one) => one === name) ?? []);
  return places.length === named.length && new Set(named).size === named.length ? { id, text, places } : undefined;
};

const template = (example: string) =>
  textField(
    `the id of a registered template, a space and its text, with ${placeNames.map((name) => `{${name}}`).join(', ')} (each once) where its variables are`,
    example,
    readTemplate,
  );

const callbackSecret = textField(
  'at least 16 letters, digits, dashes or underscores, which end the address of the callback',
  'the output of: openssl rand -hex 16',
  (text) => (/^[\w-]{16,128}$/.test(text) ? text : undefined),
  { isSecret: true },
);

const isAddress = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

const addresses = textField('addresses or subnets with commas between', '203.0.113.0/24,198.51.100.7', (text) => {
  const found = text.split(',').map((one) => one.trim());
  return found.every(isAddress) ? found : undefined;
});

const appId = textField('the number of the application', '1400006666', (text) => (/^\d{4,20}$/.test(text) ? text : undefined));
const region = textField('the name of a region', 'ap-guangzhou', (text) => (/^[a-z]+(?:-[a-z\d]+)+$/.test(text) ? text : undefined));

export const phoneVariables = {
  ALIYUN_SMS_ACCESS_KEY_ID: some('the id of an access key', 'LTAI0123456789abcdef').optional(),
  ALIYUN_SMS_ACCESS_KEY_SECRET: secret('the secret of the access key').optional(),
  ALIYUN_SMS_SIGNATURE: some('the name that is registered for messages', 'as the console shows it').optional(),
  ALIYUN_SMS_QUESTION: template('SMS_0001 {name}: {text}').optional(),
  ALIYUN_SMS_INFORMATION: template('SMS_0002 {text}').optional(),
  ALIYUN_SMS_ALARM: template('SMS_0003 {title}: {text}').optional(),
  ALIYUN_SMS_CODE: template('SMS_0004 {code}').optional(),
  ALIYUN_SMS_CALLBACK_SECRET: callbackSecret.optional(),
  ALIYUN_SMS_CALLBACK_FROM: addresses.optional(),
  ALIYUN_SMS_API_BASE: addressLike('https://dysmsapi.aliyuncs.com').optional(),
  ALIYUN_SMS_CA_FILE: file.optional(),
  TENCENT_SMS_SECRET_ID: some('the id of an API key', 'AKID0123456789abcdef').optional(),
  TENCENT_SMS_SECRET_KEY: secret('the secret of the API key').optional(),
  TENCENT_SMS_APP_ID: appId.optional(),
  TENCENT_SMS_SIGNATURE: some('the name that is registered for messages', 'as the console shows it').optional(),
  TENCENT_SMS_QUESTION: template('1001 {name}: {text}').optional(),
  TENCENT_SMS_INFORMATION: template('1002 {text}').optional(),
  TENCENT_SMS_ALARM: template('1003 {title}: {text}').optional(),
  TENCENT_SMS_CODE: template('1004 {code}').optional(),
  TENCENT_SMS_CALLBACK_SECRET: callbackSecret.optional(),
  TENCENT_SMS_CALLBACK_FROM: addresses.optional(),
  TENCENT_SMS_REGION: region.optional(),
  TENCENT_SMS_API_BASE: addressLike('https://sms.tencentcloudapi.com').optional(),
  TENCENT_SMS_CA_FILE: file.optional(),
  ALIYUN_VOICE_ACCESS_KEY_ID: some('the id of an access key', 'LTAI0123456789abcdef').optional(),
  ALIYUN_VOICE_ACCESS_KEY_SECRET: secret('the secret of the access key').optional(),
  ALIYUN_VOICE_SHOW_NUMBER: some('the number that telephones show', '057100000000').optional(),
  ALIYUN_VOICE_QUESTION: template('TTS_0001 {text}').optional(),
  ALIYUN_VOICE_INFORMATION: template('TTS_0002 {text}').optional(),
  ALIYUN_VOICE_ALARM: template('TTS_0003 {text}').optional(),
  ALIYUN_VOICE_THANKS: some('the id of a template', 'TTS_0004').optional(),
  ALIYUN_VOICE_CALLBACK_SECRET: callbackSecret.optional(),
  ALIYUN_VOICE_CALLBACK_FROM: addresses.optional(),
  ALIYUN_VOICE_API_BASE: addressLike('https://dyvmsapi.aliyuncs.com').optional(),
  ALIYUN_VOICE_CA_FILE: file.optional(),
  TENCENT_VOICE_SECRET_ID: some('the id of an API key', 'AKID0123456789abcdef').optional(),
  TENCENT_VOICE_SECRET_KEY: secret('the secret of the API key').optional(),
  TENCENT_VOICE_APP_ID: appId.optional(),
  TENCENT_VOICE_QUESTION: template('2001 {text}').optional(),
  TENCENT_VOICE_INFORMATION: template('2002 {text}').optional(),
  TENCENT_VOICE_ALARM: template('2003 {text}').optional(),
  TENCENT_VOICE_CALLBACK_SECRET: callbackSecret.optional(),
  TENCENT_VOICE_CALLBACK_FROM: addresses.optional(),
  TENCENT_VOICE_REGION: region.optional(),
  TENCENT_VOICE_API_BASE: addressLike('https://vms.tencentcloudapi.com').optional(),
  TENCENT_VOICE_CA_FILE: file.optional(),
};

export const phoneNeeds = {
  ALIYUN_SMS_: ['ACCESS_KEY_ID', 'ACCESS_KEY_SECRET', 'SIGNATURE', 'QUESTION', 'CALLBACK_SECRET'],
  TENCENT_SMS_: ['SECRET_ID', 'SECRET_KEY', 'APP_ID', 'SIGNATURE', 'QUESTION', 'CALLBACK_SECRET'],
  ALIYUN_VOICE_: ['ACCESS_KEY_ID', 'ACCESS_KEY_SECRET', 'QUESTION', 'CALLBACK_SECRET'],
  TENCENT_VOICE_: ['SECRET_ID', 'SECRET_KEY', 'APP_ID', 'QUESTION', 'CALLBACK_SECRET'],
} as const;

const names: { readonly [prefix in keyof typeof phoneNeeds]: string } = {
  ALIYUN_SMS_: 'SMS through Alibaba Cloud',
  TENCENT_SMS_: 'SMS through Tencent Cloud',
  ALIYUN_VOICE_: 'calls through Alibaba Cloud',
  TENCENT_VOICE_: 'calls through Tencent Cloud',
};

const hasPath = (address: string): boolean => /^https?:\/\/[^/]+\/+[^/]/.test(address);

/** Each of the four whole or not at all; an address below a path is none that the clouds' SDKs can call. */
export const phoneFaults = (given: Given): readonly Fault[] =>
  (Object.keys(phoneNeeds) as (keyof typeof phoneNeeds)[]).flatMap((prefix) => [
    ...wholeOrNone(
      names[prefix],
      prefix,
      phoneNeeds[prefix].map((name) => `${prefix}${name}`),
      given,
    ),
    ...(hasPath(given[`${prefix}API_BASE`] ?? '')
      ? [{ name: `${prefix}API_BASE`, problem: 'has a path, and the SDK knows none', example: 'https://gateway.example.cn' }]
      : []),
  ]);

type Callback = {
  readonly secret: string;
  /** Empty: from anywhere. */
  readonly allowed: readonly string[];
};

type Reached = {
  readonly templates: {
    readonly question: TemplateSettings;
    readonly information?: TemplateSettings;
    readonly alarm?: TemplateSettings;
    readonly code?: TemplateSettings;
  };
  readonly callback: Callback;
  readonly apiBase: string;
  /** Absolute; null: the authorities that Node knows. */
  readonly caFile: string | null;
};

type AliyunKey = { readonly accessKeyId: string; readonly accessKeySecret: string };
type TencentKey = { readonly secretId: string; readonly secretKey: string; readonly appId: string; readonly region: string };

export type AliyunSmsSettings = Reached & AliyunKey & { readonly signature: string };
export type TencentSmsSettings = Reached & TencentKey & { readonly signature: string };
/** `showNumber` and `thanksId` are empty where there is none. */
export type AliyunVoiceSettings = Reached & AliyunKey & { readonly showNumber: string; readonly thanksId: string };
export type TencentVoiceSettings = Reached & TencentKey;

/** Null: not used. */
export type PhoneSettings = {
  readonly aliyunSms: AliyunSmsSettings | null;
  readonly tencentSms: TencentSmsSettings | null;
  readonly aliyunVoice: AliyunVoiceSettings | null;
  readonly tencentVoice: TencentVoiceSettings | null;
};

type Read = { readonly [name in keyof typeof phoneVariables]?: z.output<(typeof phoneVariables)[name]> };
type Prefix = keyof typeof phoneNeeds;

const given = <K extends string, T>(name: K, value: T | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [k in K]?: T };

const reachedOf = (read: Read, prefix: Prefix, base: string): Reached | undefined => {
  const question = read[`${prefix}QUESTION`];
  const callback = read[`${prefix}CALLBACK_SECRET`];
  if (question === undefined || callback === undefined) return undefined;
  const code = prefix === 'ALIYUN_SMS_' || prefix === 'TENCENT_SMS_' ? read[`${prefix}CODE`] : undefined;
  return {
    templates: {
      question,
      ...given('information', read[`${prefix}INFORMATION`]),
      ...given('alarm', read[`${prefix}ALARM`]),
      ...given('code', code),
    },
    callback: { secret: callback, allowed: read[`${prefix}CALLBACK_FROM`] ?? [] },
    apiBase: read[`${prefix}API_BASE`] ?? base,
    caFile: read[`${prefix}CA_FILE`] ?? null,
  };
};

const aliyunKeyOf = (read: Read, prefix: 'ALIYUN_SMS_' | 'ALIYUN_VOICE_'): AliyunKey | undefined => {
  const [accessKeyId, accessKeySecret] = [read[`${prefix}ACCESS_KEY_ID`], read[`${prefix}ACCESS_KEY_SECRET`]];
  return accessKeyId === undefined || accessKeySecret === undefined ? undefined : { accessKeyId, accessKeySecret };
};

const tencentKeyOf = (read: Read, prefix: 'TENCENT_SMS_' | 'TENCENT_VOICE_'): TencentKey | undefined => {
  const [secretId, secretKey, app] = [read[`${prefix}SECRET_ID`], read[`${prefix}SECRET_KEY`], read[`${prefix}APP_ID`]];
  if (secretId === undefined || secretKey === undefined || app === undefined) return undefined;
  return { secretId, secretKey, appId: app, region: read[`${prefix}REGION`] ?? 'ap-guangzhou' };
};

export const arrangePhones = (read: Read): PhoneSettings => {
  const aliyunSms = { key: aliyunKeyOf(read, 'ALIYUN_SMS_'), reached: reachedOf(read, 'ALIYUN_SMS_', 'https://dysmsapi.aliyuncs.com') };
  const tencentSms = {
    key: tencentKeyOf(read, 'TENCENT_SMS_'),
    reached: reachedOf(read, 'TENCENT_SMS_', 'https://sms.tencentcloudapi.com'),
  };
  const aliyunVoice = {
    key: aliyunKeyOf(read, 'ALIYUN_VOICE_'),
    reached: reachedOf(read, 'ALIYUN_VOICE_', 'https://dyvmsapi.aliyuncs.com'),
  };
  const tencentVoice = {
    key: tencentKeyOf(read, 'TENCENT_VOICE_'),
    reached: reachedOf(read, 'TENCENT_VOICE_', 'https://vms.tencentcloudapi.com'),
  };
  const [aliyunName, tencentName] = [read.ALIYUN_SMS_SIGNATURE, read.TENCENT_SMS_SIGNATURE];
  return {
    aliyunSms:
      aliyunSms.key && aliyunSms.reached && aliyunName !== undefined
        ? { ...aliyunSms.key, ...aliyunSms.reached, signature: aliyunName }
        : null,
    tencentSms:
      tencentSms.key && tencentSms.reached && tencentName !== undefined
        ? { ...tencentSms.key, ...tencentSms.reached, signature: tencentName }
        : null,
    aliyunVoice:
      aliyunVoice.key && aliyunVoice.reached
        ? {
            ...aliyunVoice.key,
            ...aliyunVoice.reached,
            showNumber: read.ALIYUN_VOICE_SHOW_NUMBER ?? '',
            thanksId: read.ALIYUN_VOICE_THANKS ?? '',
          }
        : null,
    tencentVoice: tencentVoice.key && tencentVoice.reached ? { ...tencentVoice.key, ...tencentVoice.reached } : null,
  };
};
