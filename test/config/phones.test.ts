import { describe, expect, it } from 'vitest';
import { phoneWaysOf } from '../../src/config/channels.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { ConfigurationError } from '../../src/config/faults.ts';

const sms = {
  ALIYUN_SMS_ACCESS_KEY_ID: 'LTAI1',
  ALIYUN_SMS_ACCESS_KEY_SECRET: 'key',
  ALIYUN_SMS_SIGNATURE: '济南住建',
  ALIYUN_SMS_QUESTION: 'SMS_1 ${name}您好，{text}，请回复1确认',
  ALIYUN_SMS_CALLBACK_SECRET: '0123456789abcdef',
};
const calls = {
  TENCENT_VOICE_SECRET_ID: 'AKID1',
  TENCENT_VOICE_SECRET_KEY: 'key',
  TENCENT_VOICE_APP_ID: '1400006666',
  TENCENT_VOICE_QUESTION: '2001 {title}，在岗请按1',
  TENCENT_VOICE_CALLBACK_SECRET: '0123456789abcdef',
};

const faultsOf = (variables: { readonly [name: string]: string }): readonly string[] => {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ name, problem }) => `${name}: ${problem}`);
  }
};

describe('text messages and calls', () => {
  it('are read with their templates, whose variables are named in the order in which they stand', () => {
    const { channels } = readEnvironment({
      ...sms,
      ALIYUN_SMS_CODE: 'SMS_4 验证码{code}',
      ALIYUN_SMS_CALLBACK_FROM: '203.0.113.0/24, ::1',
    });
    expect(channels.phones.aliyunSms).toMatchObject({
      signature: '济南住建',
      templates: { question: { id: 'SMS_1', places: ['name', 'text'] }, code: { id: 'SMS_4', places: ['code'] } },
      callback: { allowed: ['203.0.113.0/24', '::1'] },
      apiBase: 'https://dysmsapi.aliyuncs.com',
    });
  });

  it('say what ladders can do', () => {
    expect(phoneWaysOf(readEnvironment({}).channels)).toEqual({ hasSms: false, hasVoice: false });
    expect(phoneWaysOf(readEnvironment(sms).channels)).toEqual({ hasSms: true, hasVoice: false });
    expect(phoneWaysOf(readEnvironment(calls).channels)).toEqual({ hasSms: false, hasVoice: true });
  });

  it('are whole or not at all', () => {
    const { ALIYUN_SMS_SIGNATURE: _, ALIYUN_SMS_QUESTION: __, ...rest } = sms;
    expect(faultsOf(rest)).toEqual([
      'ALIYUN_SMS_SIGNATURE: missing; SMS through Alibaba Cloud needs it, or leave all ALIYUN_SMS_ variables out',
      'ALIYUN_SMS_QUESTION: missing; SMS through Alibaba Cloud needs it, or leave all ALIYUN_SMS_ variables out',
    ]);
  });

  it.each([
    ['ALIYUN_SMS_QUESTION', 'SMS_1'],
    ['ALIYUN_SMS_QUESTION', 'SMS_1 {nobody}'],
    ['ALIYUN_SMS_QUESTION', 'SMS_1 {text}{text}'],
    ['ALIYUN_SMS_CALLBACK_SECRET', 'too short'],
    ['ALIYUN_SMS_CALLBACK_FROM', '203.0.113.0/33'],
    ['ALIYUN_SMS_API_BASE', 'https://gateway.example.cn/aliyun'],
    ['ALIYUN_SMS_TEMPLATE', 'SMS_1'],
  ])('refuse %s=%s', (name, value) => {
    expect(faultsOf({ ...sms, [name]: value })).toEqual([expect.stringContaining(name)]);
  });
});
