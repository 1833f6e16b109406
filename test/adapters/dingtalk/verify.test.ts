import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envelopeKey } from '../../../adapters/bot/envelope.ts';
import { robotSignature, verifyCallback, verifyRobot } from '../../../adapters/dingtalk/verify.ts';
import { reasonOf } from '../../support/refused.ts';

type Vector = { readonly [name: string]: string };
const vectors = JSON.parse(readFileSync(new URL('../../fixtures/channels.json', import.meta.url), 'utf8')) as {
  dingtalkCallback: readonly Vector[];
  dingtalkWebhookSign: readonly Vector[];
};
const staleAfterMs = 3_600_000;

describe('a callback of DingTalk', () => {
  const [vector] = vectors.dingtalkCallback as [Vector];
  const key = envelopeKey(vector['encodingAESKey']!, vector['receiveId']!)!;
  const signed = {
    timestamp: vector['timestamp']!,
    nonce: vector['nonce']!,
    signature: vector['signature']!,
    encrypted: vector['encrypt']!,
  };
  const now = Number(vector['timestamp']);
  const rules = { token: vector['token']!, key, staleAfterMs };

  it('opens as published', () => {
    expect(verifyCallback(signed, rules, now)).toBe(vector['plain']);
  });

  it('is refused when anything signed is another, when it is old or early, or for somebody else', () => {
    for (const field of ['timestamp', 'nonce', 'signature', 'encrypted'] as const) {
      expect(reasonOf(() => verifyCallback({ ...signed, [field]: `${signed[field]}0` }, rules, now))).toBe('badSignature');
      expect(reasonOf(() => verifyCallback({ ...signed, [field]: undefined }, rules, now))).toBe('malformed');
    }
    expect(reasonOf(() => verifyCallback(signed, rules, now + staleAfterMs + 1))).toBe('stale');
    expect(reasonOf(() => verifyCallback(signed, rules, now - staleAfterMs - 1))).toBe('stale');
    expect(reasonOf(() => verifyCallback(signed, { ...rules, key: { ...key, receiveId: 'other' } }, now))).toBe('foreign');
  });
});

describe('a signature of a DingTalk robot', () => {
  const [vector] = vectors.dingtalkWebhookSign as [Vector];
  const timestamp = vector['timestampMs']!;
  const appSecret = vector['secret']!;

  it('is made as published', () => {
    expect(robotSignature(timestamp, appSecret)).toBe(vector['signBase64']);
  });

  it('holds for its secret and its hour alone', () => {
    const now = Number(timestamp);
    const rules = { appSecret, staleAfterMs };
    const sign = vector['signBase64']!;
    expect(reasonOf(() => verifyRobot({ timestamp, sign }, rules, now + staleAfterMs))).toBe('taken');
    expect(reasonOf(() => verifyRobot({ timestamp, sign }, rules, now + staleAfterMs + 1))).toBe('stale');
    expect(reasonOf(() => verifyRobot({ timestamp, sign }, { ...rules, appSecret: 'other' }, now))).toBe('badSignature');
    expect(reasonOf(() => verifyRobot({ timestamp: `${now + 1}`, sign }, rules, now))).toBe('badSignature');
    expect(reasonOf(() => verifyRobot({ timestamp: 'now', sign }, rules, now))).toBe('malformed');
    expect(reasonOf(() => verifyRobot({ timestamp, sign: undefined }, rules, now))).toBe('malformed');
  });
});
