import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envelopeKey, sealEnvelope, sortedSignature } from '../../../adapters/bot/envelope.ts';
import { verify } from '../../../adapters/wecom/verify.ts';
import { reasonOf } from '../../support/refused.ts';
import { fc } from '../../support/property.ts';

type Vector = { readonly [name: string]: string };
const { wecom } = JSON.parse(readFileSync(new URL('../../fixtures/channels.json', import.meta.url), 'utf8')) as {
  wecom: readonly Vector[];
};
const staleAfterMs = 300_000;

describe('a callback of WeCom', () => {
  const [vector] = wecom as [Vector];
  const key = envelopeKey(vector['encodingAESKey']!, vector['receiveId']!)!;
  const signed = {
    timestamp: vector['timestamp']!,
    nonce: vector['nonce']!,
    signature: vector['msgSignature']!,
    encrypted: vector['echostr']!,
  };
  const now = Number(vector['timestamp']) * 1_000;
  const rules = { token: vector['token']!, key, staleAfterMs };

  it('opens as published', () => {
    expect(verify(signed, rules, now)).toBe(vector['plain']);
    expect(sealEnvelope(vector['plain']!, key, Buffer.from(vector['random16ThatReproducesTheCiphertext']!))).toBe(vector['echostr']);
  });

  it('is refused when anything signed is another, when it is old or early, or for somebody else', () => {
    for (const field of ['timestamp', 'nonce', 'signature', 'encrypted'] as const) {
      expect(reasonOf(() => verify({ ...signed, [field]: `${signed[field]}0` }, rules, now))).toBe('badSignature');
      expect(reasonOf(() => verify({ ...signed, [field]: undefined }, rules, now))).toBe('malformed');
    }
    expect(reasonOf(() => verify(signed, { ...rules, token: 'other' }, now))).toBe('badSignature');
    expect(reasonOf(() => verify(signed, rules, now + staleAfterMs + 1))).toBe('stale');
    expect(reasonOf(() => verify(signed, rules, now - staleAfterMs - 1))).toBe('stale');
    expect(reasonOf(() => verify(signed, { ...rules, key: { ...key, receiveId: 'other' } }, now))).toBe('foreign');
  });

  it('is refused for every single changed character', () => {
    fc.assert(
      fc.property(fc.nat({ max: signed.encrypted.length - 1 }), fc.constantFrom('A', 'b', '7', '='), (at, letter) => {
        const encrypted = `${signed.encrypted.slice(0, at)}${letter}${signed.encrypted.slice(at + 1)}`;
        expect(reasonOf(() => verify({ ...signed, encrypted }, rules, now))).toBe(
          encrypted === signed.encrypted ? 'taken' : 'badSignature',
        );
      }),
    );
  });

  it('is refused with a time that is none, though its signature is right', () => {
    const timestamp = '1409659589e3';
    const signature = sortedSignature(rules.token, timestamp, signed.nonce, signed.encrypted);
    expect(reasonOf(() => verify({ ...signed, timestamp, signature }, rules, now))).toBe('stale');
  });
});
